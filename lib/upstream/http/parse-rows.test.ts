import { expect, test } from "vitest";
import { parseRows } from "./parse-rows";

test("bad rows are kept as such, and drop no other", async () => {
  const rows = ["a", null, "c"];
  const parsed = await parseRows(rows, (row) =>
    row === null ? { ok: false, id: null, field: "row" } : { ok: true, value: row },
  );
  expect(parsed).toEqual({ items: ["a", "c"], unreadable: [{ index: 1, id: null, field: "row" }] });
});

test("however long the list, the event loop gets its turn at least every 500 rows", async () => {
  const rowsInTurn = new Map<number, number>();
  let turn = 0;
  let next = setImmediate(function count() {
    turn += 1;
    next = setImmediate(count);
  });
  const { items } = await parseRows(
    Array.from({ length: 9_999 }, (_, index) => index),
    (row) => {
      rowsInTurn.set(turn, (rowsInTurn.get(turn) ?? 0) + 1);
      return { ok: true, value: row };
    },
  );
  clearImmediate(next);
  expect(items).toHaveLength(9_999);
  expect(Math.max(...rowsInTurn.values())).toBeLessThanOrEqual(500);
});
