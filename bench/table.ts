import { type Measured, passes } from "./measured.ts";

/** What was measured against its bounds, as a table in Markdown that reads well on a screen too. */
export function tableOf(measured: readonly Measured[]): string {
  const head = ["what", "measured", "bound", "share", ""];
  const rows = measured.map((each) => [
    each.what,
    `${shown(each.value)} ${each.unit}`,
    `${shown(each.bound)} ${each.unit}`,
    each.bound > 0 ? `${Math.round((each.value / each.bound) * 100)} %` : "—",
    passes(each) ? "ok" : "TOO MUCH",
  ]);
  const widths = head.map((name, column) => Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(" | ")} |`;
  const rule = widths.map((width, column) => `${"-".repeat(width - 1)}${isNumber(column) ? ":" : "-"}`);
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

const isNumber = (column: number) => column > 0 && column < 4;
const pad = (cell: string, width: number, column: number) =>
  isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
const shown = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1));
