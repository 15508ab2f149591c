/**
 * Builds an XLSX in a thread of its own: compressing a large sheet takes seconds. Run from its source by Node, so it
 * imports nothing of the bundle. Gets rows in slices, then `end`; answers with the file's bytes.
 */
import { parentPort } from "node:worker_threads";
import writeXlsxFile, { type SheetData } from "write-excel-file/node";

export type SheetCell = string | number | null;
export type SheetMessage = { rows: SheetCell[][] } | { end: true };

const WIDEST = 48;
const NARROWEST = 8;

/** In characters of the standard font; one of Chinese takes two. */
const widthOf = (cell: SheetCell): number =>
  String(cell ?? "").replace(
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/g,
    "xx",
  ).length;

const sheet: SheetData = [];
const widths: number[] = [];

/** Cells are typed: text stays text, whatever it starts with. The first row is the header. */
function add(rows: SheetCell[][]): void {
  for (const row of rows) {
    const bold = sheet.length === 0 ? { fontWeight: "bold" as const } : {};
    sheet.push(
      row.map((value, place) => {
        widths[place] = Math.max(widths[place] ?? NARROWEST, Math.min(WIDEST, widthOf(value)));
        if (value === null) return null;
        return typeof value === "number" ? { value, type: Number, ...bold } : { value, type: String, ...bold };
      }),
    );
  }
}

parentPort?.on("message", async (message: SheetMessage) => {
  if ("rows" in message) return add(message.rows);
  // One more than the text, for the cell's padding.
  const columns = widths.map((width) => ({ width: width + 1 }));
  const file = await writeXlsxFile(sheet, { stickyRowsCount: 1, columns }).toBuffer();
  parentPort?.postMessage(new Uint8Array(file));
  parentPort?.close();
});
