import { expect, test } from "vitest";
import { packRows } from "./pack-rows";
import { unpackRows } from "./packed-rows";

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
  ["ids", ["00ff0000000000000000000000000000", "ffffffffffffffffffffffffffffffff", "e0a3d230186a651246b3b2b650514d13"]],
  ["an id that is none of ours", ["e0a3d230186a651246b3b2b650514d13", "E0A3D230186A651246B3B2B650514D13"]],
  ["times and none", ["2026-11-27T21:22:03.606Z", null, "1970-01-01T00:00:00.000Z"]],
  ["texts and none", ["135****1680", null, "a"]],
  ["an empty text is not none", ["", null, "a"]],
  ["a text with what stands between texts, and none", ["a|b", null]],
  ["text and number", ["7", 7, null]],
])("%s", (_, texts: unknown[]) => {
  const rows = texts.map((text) => ({ text }));
  expect(throughJson(rows)).toEqual(rows);
});

test.each([
  ["objects and none", [{ id: "a", call: { ms: 4 } }, null, { id: "b", call: null }]],
  ["objects of other fields", [{ id: "a" }, { id: "a", name: "b" }]],
  ["objects that lack what they may lack", [{ id: "a" }, {}]],
  ["the same object twice", [{ id: "a" }, { id: "a" }]],
  ["lists", [["a"], ["b"]]],
  ["objects and lists", [{ 0: "a" }, ["a"]]],
  ["empty objects", [{}, null, {}]],
  ["object and text", [{ id: "a" }, "a"]],
])("%s", (_, values: unknown[]) => {
  const rows = values.map((value) => ({ value }));
  expect(throughJson(rows)).toEqual(rows);
});

test("what objects in a row repeat is left out too", () => {
  const rows = Array.from({ length: 50 }, (_, at) => ({
    call: { ms: at, status: 200, startedAt: new Date(1_790_000_000_000 + at * 77_777).toISOString() },
  }));
  expect(Buffer.byteLength(JSON.stringify(packRows(rows)))).toBeLessThan(Buffer.byteLength(JSON.stringify(rows)) / 4);
});

test("one row, and none", () => {
  expect(throughJson([{ id: "a", name: null }])).toEqual([{ id: "a", name: null }]);
  expect(throughJson([])).toEqual([]);
});

test("what a page of cards repeats is left out: less than half", () => {
  const rows = Array.from({ length: 50 }, (_, at) => ({
    code: `••••${at + 1000}`,
    createdAt: new Date(1_790_000_000_000 + at * 77_777).toISOString(),
    updatedAt: at % 3 === 0 ? null : new Date(1_790_000_000_000 + at * 99_991).toISOString(),
    gone: false,
  }));
  expect(Buffer.byteLength(JSON.stringify(packRows(rows)))).toBeLessThan(Buffer.byteLength(JSON.stringify(rows)) / 3);
  const ids = rows.map((_, at) => ({ id: (at + 1).toString(16).padStart(32, "5") }));
  expect(Buffer.byteLength(JSON.stringify(packRows(ids))) / rows.length).toBeLessThan(23);
});
