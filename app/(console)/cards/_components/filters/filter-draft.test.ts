import { createSerializer } from "nuqs/server";
import { expect, test } from "vitest";
import { forEachFilter, URL_FILTERS, writeFilters } from "@/lib/cards/types";
import { filterExample } from "@/test/support/filter-example";
import { cardParams, cardQueryOf, cardUrlKeys, loadCardParams, maskedQuery } from "../../search-params";
import { countMore, EMPTY_DRAFT, readDraft } from "./filter-draft";

const paramsOf = (url: string) => loadCardParams(new URLSearchParams(url));
const filterOf = async (url: string) => cardQueryOf(await paramsOf(url)).filter;
const toUrl = createSerializer(cardParams, { urlKeys: cardUrlKeys });

test.each(URL_FILTERS)("the filter %s is the same from the URL and back", async (name) => {
  const { text, filter } = filterExample(name);
  const url = `?${cardUrlKeys[name]}=${text}`;
  expect(await filterOf(url)).toEqual(filter);
  expect(toUrl(forEachFilter(URL_FILTERS, (other) => writeFilters(filter)[other] || null))).toBe(url);
});

test.each(Object.keys(EMPTY_DRAFT) as (keyof typeof EMPTY_DRAFT)[])(
  "the filter %s is the same from the form and back, and is put back",
  (name) => {
    const { text, filter } = filterExample(name);
    const draft = { ...EMPTY_DRAFT, [name]: text };
    expect(readDraft(draft, { masked: false })).toEqual({ filter, errors: {} });
    expect(writeFilters(filter)).toEqual(draft);
    expect(readDraft(EMPTY_DRAFT, { masked: false })).toEqual({ filter: {}, errors: {} });
    expect(EMPTY_DRAFT[name]).toBe("");
  },
);

test("phones and codes never go into the URL", async () => {
  expect(await filterOf("?phone=8888&code=1GDw")).toEqual({});
  expect(Object.keys(cardParams)).not.toEqual(expect.arrayContaining(["phone"]));
  expect(Object.keys(cardParams)).not.toEqual(expect.arrayContaining(["code"]));
});

test("a phone typed as a nickname is a phone", () => {
  expect(readDraft({ ...EMPTY_DRAFT, name: "+86 159 1688 8888" }, { masked: false })).toEqual({
    filter: { phone: "15916888888" },
    errors: {},
  });
  expect(readDraft({ ...EMPTY_DRAFT, name: "15916888888 13812341234" }, { masked: false }).errors).toEqual({
    name: "one_number",
  });
  expect(readDraft({ ...EMPTY_DRAFT, name: "旅人 15916888888" }, { masked: false }).errors).toEqual({});
});

test("what can't be read is an error of its field, never left out in silence", () => {
  const draft = { ...EMPTY_DRAFT, phone: "15916888888 13812341234", code: "x".repeat(65), balanceMin: "many" };
  expect(readDraft(draft, { masked: false }).errors).toEqual({
    phone: "one_number",
    code: "too_long",
    balanceMin: "not_a_number",
  });
});

test("what is applied fills the form again", async () => {
  const params = await paramsOf("?types=1,2&min=5&from=2026-09-01&redeemed=yes&gone=only&emptiedSince=2026-09-02");
  const draft = writeFilters(cardQueryOf(params, { phone: "8888" }).filter);
  expect(draft).toMatchObject({
    types: "1,2",
    balanceMin: "5",
    createdFrom: "2026-09-01",
    redeemed: "yes",
    emptiedSince: "2026-09-02",
    phone: "8888",
  });
  expect(countMore(draft)).toBe(5);
  expect(countMore(EMPTY_DRAFT)).toBe(0);
});

test("a plain URL asks for everything, newest first", async () => {
  expect(cardQueryOf(await paramsOf(""))).toEqual({
    filter: {},
    sort: { id: "created", desc: true },
    page: 1,
    size: 50,
  });
});

test.each([
  "?page=-3",
  "?size=100000000",
  "?sort=balance;drop%20table%20card",
  "?id=not-hex",
  "?min=-1",
  "?max=99999999999999999999",
  "?from=2026-02-30",
  "?gone=maybe",
  "?goneSince=yesterday",
  "?redeemed=1",
])("nonsense in the URL is dropped: %s", async (url) => {
  expect(cardQueryOf(await paramsOf(url))).toEqual(cardQueryOf(await paramsOf("")));
});

test("what only this tab knows joins the query", async () => {
  const query = cardQueryOf(await paramsOf("?q=abc&types=1"), { phone: "8888" });
  expect(query.filter).toEqual({ types: ["1"], phone: "8888" });
});

test("who sees phones and codes masked is told what to type instead of a part of one", () => {
  const errorsOf = (texts: Partial<typeof EMPTY_DRAFT>) =>
    readDraft({ ...EMPTY_DRAFT, ...texts }, { masked: true }).errors;
  expect(errorsOf({ phone: "159168", code: "naa1GD" })).toEqual({
    phone: "phone_whole_or_last4",
    code: "code_whole_or_last4",
  });
  expect(errorsOf({ phone: "+86 159 1688 8888", code: "wNaa1GDw" })).toEqual({});
  expect(errorsOf({ phone: "8888", code: "••••1GDw", name: "琳" })).toEqual({});
});

test("what a link asks for and a mask hides is left out and named; the rest stays", async () => {
  const asked = cardQueryOf(await paramsOf("?sort=phone&desc=false&types=1&size=100"), { phone: "159", code: "1GDw" });
  expect(maskedQuery(asked)).toEqual({
    query: { filter: { types: ["1"], code: "1GDw" }, sort: { id: "created", desc: true }, page: 1, size: 100 },
    dropped: ["phone", "sort"],
  });
  const fine = cardQueryOf(await paramsOf("?sort=balance&q=abc"), { phone: "15916888888" });
  expect(maskedQuery(fine)).toEqual({ query: fine, dropped: [] });
});
