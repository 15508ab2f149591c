import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Cell } from "./file-lines";
import { writeRows } from "./write-rows";

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

const writeSheet = async (rows: Iterable<Cell[]>): Promise<Uint8Array> => {
  const { parts } = await writeRows({ format: "xlsx", rows, count: 1 });
  return Buffer.concat(parts);
};

const widthsOf = (sheet: string) =>
  [...sheet.matchAll(/<col [^>]*?width="([\d.]+)"/g)].map(([, width]) => Number(width));

test("columns are as wide as their text, Chinese counted double, within bounds", async () => {
  const rows: Cell[][] = [
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

const FORMATS = ["csv", "txt", "xlsx"] as const;
const MANY = 20_000;

/** Started workers, while `work` runs. */
async function workersOf(work: () => Promise<unknown>): Promise<number> {
  let started = 0;
  const count = () => {
    started += 1;
  };
  process.on("worker", count);
  await work();
  process.off("worker", count);
  return started;
}

test.each(FORMATS)(
  "between two turns of the event loop at most one slice of a %s is read; a worker writes it",
  async (format) => {
    let read = 0;
    let atTurn = 0;
    let most = 0;
    let over = false;
    function* rows(): Generator<Cell[]> {
      for (; read < MANY; read += 1) yield [`card ${read}`, read, null];
    }
    const turn = () => {
      most = Math.max(most, read - atTurn);
      atTurn = read;
      if (!over) setImmediate(turn);
    };
    setImmediate(turn);
    const workers = await workersOf(() => writeRows({ format, rows: rows(), count: MANY }));
    over = true;
    expect(read).toBe(MANY);
    expect(most).toBeLessThanOrEqual(501);
    expect(workers).toBe(1);
  },
);

test.each(["csv", "txt"] as const)(
  "a %s is the same from a worker and from here, where few rows are written",
  async (format) => {
    const rows: Cell[][] = [
      ["编号", "昵称"],
      ["15916888888", '=HYPERLINK("http://evil")'],
      ["a\u0000b", null],
      ...Array.from({ length: 600 }, (_, i) => [`row ${i}`, i]),
    ];
    let here: unknown;
    let there: unknown;
    expect(await workersOf(async () => (here = await textOf(format, rows, rows.length)))).toBe(0);
    expect(await workersOf(async () => (there = await textOf(format, rows, MANY)))).toBe(1);
    expect(there).toEqual(here);
    expect(here).toMatchObject({ text: expect.stringContaining("a\ufffdb") });
  },
);

async function textOf(format: "csv" | "txt", rows: Cell[][], count: number) {
  const { parts, bytes, sha256 } = await writeRows({ format, rows, count });
  const whole = Buffer.concat(parts);
  expect(bytes).toBe(whole.length);
  expect(sha256).toBe(createHash("sha256").update(whole).digest("hex"));
  return { text: whole.toString("utf8"), sha256 };
}

test("a sheet has every row", async () => {
  const rows = Array.from({ length: 1_200 }, (_, i): Cell[] => [`card ${i}`, i, null]);
  expect(unzip(await writeSheet(rows), "xl/worksheets/sheet1.xml").match(/<row /g)).toHaveLength(1_200);
});

test("a failure is thrown, and the next sheet is still built", async () => {
  function* broken(): Generator<Cell[]> {
    yield ["a"];
    throw new Error("no more rows");
  }
  await expect(writeSheet(broken())).rejects.toThrow("no more rows");
  expect((await writeSheet([["a"]])).byteLength).toBeGreaterThan(100);
});

test("a CSV has BOM, CRLF and a last line end; plain lines have TABs and nothing added", async () => {
  const rows: Cell[][] = [
    ["编号", "余额"],
    ["a", 1],
  ];
  expect((await textOf("csv", rows, 2)).text).toBe("\ufeff编号,余额\r\na,1\r\n");
  expect((await textOf("txt", [["15916888888", null]], 1)).text).toBe("15916888888\t\r\n");
});
