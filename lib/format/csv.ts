import { printable } from "./printable.ts";

type CsvCell = string | number | bigint | null;

/** What starts a formula in a spreadsheet, also full-width and after spaces. */
const startsFormula = /^[\s\u3000\u00a0\u200b-\u200d\ufeff]*[=+\-@＝＋－＠|%\t\r\n]/;

/** Whether a spreadsheet would take the text for a formula. */
export const isFormula = (text: string): boolean => startsFormula.test(text);

function writeCell(value: CsvCell): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  let text = printable(value);
  if (isFormula(text)) text = `'${text}`;
  else if (/^\d{11,}$|^0\d+$|^\d+e\d+$/i.test(text)) text = `\t${text}`;
  return /["\r\n,;\t']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * One row, without the line end. Numbers stay numbers; digits that a spreadsheet would change stay text (leading TAB).
 */
export function csvRow(cells: readonly CsvCell[]): string {
  return cells.map(writeCell).join(",");
}
