import { inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import type { SheetCell } from "./sheet-worker";
import { writeSheet } from "./write-sheet";

/** The text of one file in a zip, found through its central directory. */
function unzip(bytes: Uint8Array, wanted: string): string {
  const zip = Buffer.from(bytes);
  let at = zip.readUInt32LE(zip.lastIndexOf("PK\u0005\u0006", undefined, "latin1") + 16);
  while (zip.toString("latin1", at, at + 4) === "PK\u0001\u0002") {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString("utf8", at + 46, at + 46 + (nameLength ?? 0));
    if (name === wanted) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
      return (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString("utf8");
    }
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  throw new Error(`no ${wanted}`);
}

const widthsOf = (sheet: string) =>
  [...sheet.matchAll(/<col [^>]*?width="([\d.]+)"/g)].map(([, width]) => Number(width));

test("columns are as wide as their text, Chinese counted double, within bounds", async () => {
  const rows: SheetCell[][] = [
    ["编号", "余额", "昵称", "备注"],
    ["0".repeat(32), 10, "琳琅小店的琳琅", "x".repeat(300)],
  ];
  const sheet = unzip(await writeSheet(rows), "xl/worksheets/sheet1.xml");
  const [id = 0, balance = 0, name = 0, note = 0] = widthsOf(sheet);
  expect(Math.floor(id)).toBe(33);
  expect(Math.floor(balance)).toBe(9);
  expect(Math.floor(name)).toBe(15);
  expect(Math.floor(note)).toBe(49);
});

test("between two turns of the event loop at most one slice of rows is read, and no sheet is compressed", async () => {
  let read = 0;
  let atTurn = 0;
  let most = 0;
  let over = false;
  function* rows(): Generator<SheetCell[]> {
    for (; read < 20_000; read += 1) yield [`card ${read}`, read, null];
  }
  const turn = () => {
    most = Math.max(most, read - atTurn);
    atTurn = read;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  const file = await writeSheet(rows());
  over = true;
  expect(read).toBe(20_000);
  expect(most).toBeLessThanOrEqual(501);
  expect(unzip(file, "xl/worksheets/sheet1.xml").match(/<row /g)).toHaveLength(20_000);
});

test("a failure is thrown, and the next sheet is still built", async () => {
  function* broken(): Generator<SheetCell[]> {
    yield ["a"];
    throw new Error("no more rows");
  }
  await expect(writeSheet(broken())).rejects.toThrow("no more rows");
  expect((await writeSheet([["a"]])).byteLength).toBeGreaterThan(100);
});
