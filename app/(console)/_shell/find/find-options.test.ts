import { expect, test } from "vitest";
import type { CardRow } from "@/lib/cards/types";
import type { Found } from "@/lib/find/types";
import { findGroups, longTextGroups } from "./find-options";

const card = (id: string): CardRow => ({
  ...{ id, maskedCode: "••••1GDw", type: "1", userName: "琳琅", maskedPhone: "159****8888", balance: 1 },
  ...{ createdAt: null, updatedAt: null, gone: false, lockedBy: null, inDoubt: false },
});
const cards: Found["cards"] = {
  ...{ rows: [card("a"), card("b")], total: 2, more: false, jumpTo: null, within: null, wholeOnly: false },
  all: { filter: { phone: "15916888888" }, count: 2 },
};
const NOTHING: Found = {
  cards: { ...cards, rows: [], total: 0, all: null },
  customers: [],
  keys: { rows: [], total: 0 },
  batches: { rows: [], total: 0, byNote: false },
  operations: { rows: [], total: 0, byReference: false },
  jumpTo: null,
  many: 0,
  live: null,
};

test("groups without a hit are left out, and all cards of a filter are the last line of theirs", () => {
  expect(findGroups(NOTHING, "x")).toEqual([]);
  const [group, ...others] = findGroups({ ...NOTHING, cards }, "15916888888");
  expect(others).toEqual([]);
  expect(group?.options.map(({ key }) => key)).toEqual(["card-a", "card-b", "all-cards"]);
  expect(group?.options.at(-1)?.target).toEqual({ filter: { phone: "15916888888" } });
});

test("two or more things lead to the sheet, before what else was found; one does not", () => {
  const text = "15916888888\n13800001111";
  const [first, second] = findGroups({ ...NOTHING, cards, many: 2 }, text);
  expect(first).toMatchObject({ name: "many", options: [{ kind: "many", count: 2, target: { paste: text } }] });
  expect(second?.name).toBe("cards");
  expect(findGroups({ ...NOTHING, many: 1 }, text)).toEqual([]);
});

test("a text too long for the list leads there too, if it has lines or is a list", () => {
  const countOf = (text: string) =>
    longTextGroups(text).flatMap(({ options }) => options.map((each) => "count" in each && each.count));
  expect(countOf(Array(300).fill("13800001111").join("\n"))).toEqual([300]);
  expect(countOf(Array(300).fill("wNaa1GDw").join("、"))).toEqual([300]);
  expect(countOf("长".repeat(3_000))).toEqual([]);
  expect(countOf(`${"长".repeat(3_000)}13800001111`)).toEqual([]);
});

test("a customer leads to their page, by the user id and never by the phone", () => {
  const customer = { userId: "87215a41", userName: "琳琅", maskedPhone: "159****8888", cards: 2 };
  const [group] = findGroups({ ...NOTHING, customers: [customer] }, "15916888888");
  expect(group).toMatchObject({ name: "customers", options: [{ target: { href: "/customers/87215a41" } }] });
});

test("a customer who was meant comes before their cards, another after them", () => {
  const customer = { userId: "87215a41", userName: "琳琅", maskedPhone: "159****8888", cards: 2 };
  const found = { ...NOTHING, cards, customers: [customer] };
  const namesOf = (each: Found) => findGroups(each, "15916888888").map(({ name }) => name);
  expect(namesOf(found)).toEqual(["cards", "customers"]);
  expect(namesOf({ ...found, jumpTo: "/customers/87215a41" })).toEqual(["customers", "cards"]);
});

test("no address and no note of a line has a phone or a code", () => {
  const options = findGroups({ ...NOTHING, cards }, "15916888888").flatMap((group) => group.options);
  expect(JSON.stringify(options.map(({ note, target }) => [note, "href" in target ? target.href : ""]))).not.toContain(
    "15916888888",
  );
});

test("batches by their note, and operations by their ticket, lead to the tables that show all of them", () => {
  const batch = { id: "b1", keyType: 1, wanted: 5, note: "展会 A&B", state: "done" } as const;
  const about = { actorName: "li", createdAt: "2026-09-21T06:00:00Z", reference: "T-881" };
  const operation = { id: "o1", kind: "transfer", state: "done", ...about } as const;
  const found: Found = {
    ...NOTHING,
    batches: { rows: [batch], total: 9, byNote: true },
    operations: { rows: [operation], total: 9, byReference: true },
  };
  const targets = findGroups(found, "A&B").flatMap(({ options }) => options.map(({ target }) => target));
  expect(targets).toEqual([
    { href: "/keys/b1" },
    { href: "/keys?note=A%26B" },
    { href: "/operations/o1" },
    { operations: "A&B" },
  ]);
});
