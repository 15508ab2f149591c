import { expect, test } from "vitest";
import { cardQueryOf, loadCardParams } from "../../search-params";
import { countMore, draftOf, EMPTY_DRAFT, splitDraft } from "./filter-draft";

const paramsOf = (url: string) => loadCardParams(new URLSearchParams(url));

test("phones and codes never go into the URL", () => {
  const { shown, privateFilter } = splitDraft({
    ...EMPTY_DRAFT,
    phone: "159-1688-8888",
    code: "••••1GDw",
    name: "琳琅",
  });
  expect(privateFilter).toEqual({ phone: "159-1688-8888", code: "1GDw" });
  expect(shown).toMatchObject({ name: "琳琅" });
  expect(JSON.stringify(shown)).not.toMatch(/1688|1GDw/);
});

test("a phone typed as a nickname is a phone", () => {
  const { shown, privateFilter } = splitDraft({ ...EMPTY_DRAFT, name: "+86 159 1688 8888" });
  expect(privateFilter).toEqual({ phone: "15916888888" });
  expect(shown.name).toBe("");
});

test("numbers are read as people write them", () => {
  expect(splitDraft({ ...EMPTY_DRAFT, min: "1,000", max: "２０００" }).shown).toMatchObject({ min: 1000, max: 2000 });
  expect(splitDraft({ ...EMPTY_DRAFT, min: "many" }).shown.min).toBeNull();
});

test("what is applied fills the form again", async () => {
  const params = await paramsOf("?types=1,2&min=5&from=2026-09-01&redeemed=yes&gone=only");
  const draft = draftOf(params, { phone: "8888" });
  expect(draft).toMatchObject({ types: ["1", "2"], min: "5", from: "2026-09-01", redeemed: "yes", phone: "8888" });
  expect(countMore(draft)).toBe(4);
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
  "?redeemed=1",
])("nonsense in the URL is dropped: %s", async (url) => {
  expect(cardQueryOf(await paramsOf(url))).toEqual(cardQueryOf(await paramsOf("")));
});

test("what only this tab knows joins the query", async () => {
  const query = cardQueryOf(await paramsOf("?q=abc&types=1"), { phone: "8888" });
  expect(query.filter).toEqual({ types: ["1"], phone: "8888" });
});
