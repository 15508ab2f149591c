import { expect, test } from "vitest";
import { packRows, unpackRows } from "./packed-rows";

test("rows come out of their packing as they went in, names once", () => {
  const rows = [
    { id: "a", balance: 5, name: null },
    { id: "b", balance: "unlimited", name: "琳琅" },
  ];
  const packed = packRows(rows);
  expect(unpackRows(packed)).toEqual(rows);
  expect(JSON.stringify(packed).match(/balance/g)).toHaveLength(1);
});

test("no rows are no rows", () => {
  expect(unpackRows(packRows([]))).toEqual([]);
});
