/** One column's values, the shortest way they can be written. */
export type PackedColumn =
  | { same: unknown }
  /** Ids of 32 hexadecimal digits: their bytes one after the other, base 64. */
  | { ids: string }
  /** Times in ms, base 36; nothing for null. */
  | { times: string }
  /** Texts that all begin alike. */
  | { start: string; texts: string }
  /** Texts none of which is empty; nothing for null. */
  | { textsOrNone: string }
  /** Objects that have all the same fields, as rows; a letter for each row says whether it has one. */
  | { inner: PackedRows<object>; has: string }
  | { values: unknown[] };

/** Rows as columns, light in the page's HTML: what all rows share stands once, and texts need no quotes around each. */
export type PackedRows<Row> = { length: number; columns: Record<keyof Row & string, PackedColumn> };

/** Between texts. */
export const BETWEEN = "|";

/** The rows as they were before `packRows`. */
export function unpackRows<Row extends object>({ length, columns }: PackedRows<Row>): Row[] {
  const unpacked = Object.entries<PackedColumn>(columns).map(
    ([name, column]) => [name, unpackColumn(column, length)] as const,
  );
  const rows: Row[] = [];
  for (let at = 0; at < length; at++) {
    const row: Record<string, unknown> = {};
    for (const [name, values] of unpacked) row[name] = values[at];
    rows.push(row as Row);
  }
  return rows;
}

function unpackColumn(column: PackedColumn, length: number): unknown[] {
  if ("same" in column) return new Array<unknown>(length).fill(column.same);
  if ("inner" in column) {
    const objects = unpackRows(column.inner).values();
    return Array.from(column.has, (has) => (has === "y" ? objects.next().value : null));
  }
  if ("ids" in column) return unpackIds(column.ids);
  if ("times" in column)
    return column.times
      .split(BETWEEN)
      .map((text) => (text === "" ? null : new Date(Number.parseInt(text, 36)).toISOString()));
  if ("textsOrNone" in column) return column.textsOrNone.split(BETWEEN).map((text) => text || null);
  if ("texts" in column) return column.texts.split(BETWEEN).map((text) => column.start + text);
  return column.values;
}

function unpackIds(ids: string): string[] {
  const digits = Array.from(atob(ids), (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return digits.match(/.{32}/g) ?? [];
}
