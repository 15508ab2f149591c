import { expect, test } from "vitest";
import type { CardRow } from "@/lib/cards/types";
import type { Found } from "@/lib/find/types";
import { findGroups } from "./find-options";

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
  live: null,
};

test("groups without a hit are left out, and all cards of a filter are the last line of theirs", () => {
  expect(findGroups(NOTHING, "x")).toEqual([]);
  const [group, ...others] = findGroups({ ...NOTHING, cards }, "15916888888");
  expect(others).toEqual([]);
  expect(group?.options.map(({ key }) => key)).toEqual(["card-a", "card-b", "all-cards"]);
  expect(group?.options.at(-1)?.target).toEqual({ filter: { phone: "15916888888" } });
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
  const hrefs = findGroups(found, "A&B").flatMap(({ options }) =>
    options.map(({ target }) => ("href" in target ? target.href : "")),
  );
  expect(hrefs).toEqual(["/keys/b1", "/keys?note=A%26B", "/operations/o1", "/operations?text=A%26B"]);
});
