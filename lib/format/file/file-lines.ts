import { csvRow } from "../csv.ts";
import { printable } from "../printable.ts";

export type Cell = string | number | null;

/** Rows as the lines of a CSV for spreadsheets, or as plain text with TABs. */
export function fileLines(format: "csv" | "txt", rows: readonly Cell[][]): string {
  const line = format === "csv" ? csvRow : (cells: Cell[]) => printable(cells.map((cell) => cell ?? "").join("\t"));
  return rows.map((row) => `${line(row)}\r\n`).join("");
}

/** What a file in UTF-8 begins with so that a spreadsheet reads it as such. */
export const fileStart = (format: "csv" | "txt"): string => (format === "csv" ? "\ufeff" : "");
