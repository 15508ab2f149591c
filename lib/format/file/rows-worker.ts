/**
 * Builds a file in a thread of its own: compressing a large sheet takes seconds. Run from its source by Node, so it
 * imports nothing of the bundle. Gets the format, rows in slices, then `end`; answers with the file's parts and SHA-256.
 */
import { createHash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import writeXlsxFile, { type SheetData } from "write-excel-file/node";
import { printable } from "../printable.ts";
import { type Cell, fileLines, fileStart } from "./file-lines.ts";

export type FileFormat = "csv" | "txt" | "xlsx";
export type RowsMessage = { format: FileFormat } | { rows: Cell[][] } | { end: true };
/** A file, and what an export's record says of it: whoever finds a file later can tell whether it is that one. */
export type WrittenFile = { parts: Uint8Array<ArrayBuffer>[]; bytes: number; sha256: string };

const WIDEST = 48;
const NARROWEST = 8;

/** In characters of the standard font; one of Chinese takes two. */
const widthOf = (cell: Cell): number =>
  String(cell ?? "").replace(
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/g,
    "xx",
  ).length;

let format: FileFormat = "xlsx";
const sheet: SheetData = [];
const widths: number[] = [];
const parts: Uint8Array<ArrayBuffer>[] = [];
const encoder = new TextEncoder();

/** Cells are typed: text stays text, whatever it starts with. The first row is the header. */
function addToSheet(rows: Cell[][]): void {
  for (const row of rows) {
    const bold = sheet.length === 0 ? { fontWeight: "bold" as const } : {};
    sheet.push(
      row.map((cell, place) => {
        const value = typeof cell === "string" ? printable(cell) : cell;
        widths[place] = Math.max(widths[place] ?? NARROWEST, Math.min(WIDEST, widthOf(value)));
        if (value === null) return null;
        return typeof value === "number" ? { value, type: Number, ...bold } : { value, type: String, ...bold };
      }),
    );
  }
}

function add(rows: Cell[][]): void {
  if (format === "xlsx") addToSheet(rows);
  else parts.push(encoder.encode(`${parts.length === 0 ? fileStart(format) : ""}${fileLines(format, rows)}`));
}

async function finish(): Promise<WrittenFile> {
  if (format === "xlsx") {
    // One more than the text, for the cell's padding.
    const columns = widths.map((width) => ({ width: width + 1 }));
    parts.push(new Uint8Array(await writeXlsxFile(sheet, { stickyRowsCount: 1, columns }).toBuffer()));
  }
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return { parts, bytes: parts.reduce((sum, part) => sum + part.byteLength, 0), sha256: hash.digest("hex") };
}

parentPort?.on("message", async (message: RowsMessage) => {
  if ("format" in message) {
    format = message.format;
    return;
  }
  if ("rows" in message) return add(message.rows);
  const file = await finish();
  parentPort?.postMessage(
    file,
    file.parts.map((part) => part.buffer),
  );
  parentPort?.close();
});
