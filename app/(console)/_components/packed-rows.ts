/** One column's values, the shortest way they can be written. */
type PackedColumn =
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

const BETWEEN = "|";

/** On the server. Every row must have the same fields, and values that JSON has. */
export function packRows<Row extends object>(rows: readonly Row[]): PackedRows<Row> {
  const names = Object.keys(rows[0] ?? {}) as (keyof Row & string)[];
  const columns = Object.fromEntries(names.map((name) => [name, packColumn(rows.map((row) => row[name]))]));
  return { length: rows.length, columns: columns as PackedRows<Row>["columns"] };
}

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

function packColumn(values: unknown[]): PackedColumn {
  const [first] = values;
  if (values.every((value) => value === first)) return { same: first };
  const inner = packInner(values);
  if (inner) return inner;
  const texts = values.filter((value) => value === null || typeof value === "string");
  if (texts.length < values.length) return { values };
  if (texts.every((text) => text === null || isTime(text)))
    return { times: texts.map((text) => text && Date.parse(text).toString(36)).join(BETWEEN) };
  if (texts.some((text) => text?.includes(BETWEEN))) return { values };
  const whole = texts.filter((text) => text !== null);
  if (whole.length < texts.length) return whole.includes("") ? { values } : { textsOrNone: texts.join(BETWEEN) };
  if (whole.every(isId)) return { ids: Buffer.from(whole.join(""), "hex").toString("base64") };
  const start = commonStart(whole);
  return { start, texts: whole.map((text) => text.slice(start.length)).join(BETWEEN) };
}

function packInner(values: readonly unknown[]): PackedColumn | null {
  const objects: object[] = [];
  for (const value of values) {
    if (value === null) continue;
    if (typeof value !== "object" || Array.isArray(value)) return null;
    objects.push(value);
  }
  const fields = namesOf(objects[0]);
  if (fields === "[]" || objects.some((each) => namesOf(each) !== fields)) return null;
  return { inner: packRows(objects), has: values.map((value) => (value === null ? "n" : "y")).join("") };
}

const namesOf = (value: object | undefined): string => JSON.stringify(Object.keys(value ?? {}));

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

/** Exactly as `toISOString` writes it, after 1970: it comes out as it went in. */
function isTime(text: string): boolean {
  const at = Date.parse(text);
  return at >= 0 && new Date(at).toISOString() === text;
}

const isId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);

function unpackIds(ids: string): string[] {
  const digits = Array.from(atob(ids), (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return digits.match(/.{32}/g) ?? [];
}

function commonStart(texts: readonly string[]): string {
  let start = texts[0] ?? "";
  while (!texts.every((text) => text.startsWith(start))) start = start.slice(0, -1);
  return start;
}
