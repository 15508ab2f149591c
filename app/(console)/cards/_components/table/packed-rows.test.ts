import { expect, test } from "vitest";
import { packRows, unpackRows } from "./packed-rows";

const throughJson = (rows: object[]) => unpackRows(JSON.parse(JSON.stringify(packRows(rows))));

test("rows come out of their packing as they went in, names once", () => {
  const rows = [
    { id: "a", balance: 5, name: null, gone: false, at: "2026-11-27T21:22:03.606Z", code: "••••jAj7" },
    { id: "b", balance: "unlimited", name: "琳琅", gone: false, at: "2026-11-27T21:22:04.000Z", code: "••••jZ|" },
    { id: "", balance: "7", name: "", gone: false, at: "1999-01-01T00:00:00.000Z", code: "••••" },
  ];
  expect(throughJson(rows)).toEqual(rows);
  expect(JSON.stringify(packRows(rows)).match(/balance/g)).toHaveLength(1);
});

test.each([
  ["no time of ours", ["2026-11-27T21:22:03Z", "2026-11-27T21:22:03.606Z"]],
  ["before 1970", ["1969-12-31T23:59:59.999Z", "2026-11-27T21:22:03.606Z"]],
  ["a text with what stands between texts", ["a|b", "a"]],
  ["a character of two halves, the same first half", ["😀a", "😁b"]],
  ["texts one of which is the start of the others", ["4", "42", "421"]],
])("%s", (_, texts) => {
  const rows = texts.map((text) => ({ text }));
  expect(throughJson(rows)).toEqual(rows);
});

test("one row, and none", () => {
  expect(throughJson([{ id: "a", name: null }])).toEqual([{ id: "a", name: null }]);
  expect(throughJson([])).toEqual([]);
});

test("what a page of cards repeats is left out: less than half", () => {
  const rows = Array.from({ length: 50 }, (_, at) => ({
    code: `••••${at + 1000}`,
    createdAt: new Date(1_790_000_000_000 + at * 77_777).toISOString(),
    gone: false,
  }));
  expect(Buffer.byteLength(JSON.stringify(packRows(rows)))).toBeLessThan(Buffer.byteLength(JSON.stringify(rows)) / 2);
});
