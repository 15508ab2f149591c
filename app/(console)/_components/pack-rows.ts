import "server-only";
import { BETWEEN, type PackedColumn, type PackedRows } from "./packed-rows";

/** Every row must have the same fields, and values that JSON has. */
export function packRows<Row extends object>(rows: readonly Row[]): PackedRows<Row> {
  const names = Object.keys(rows[0] ?? {}) as (keyof Row & string)[];
  const columns = Object.fromEntries(names.map((name) => [name, packColumn(rows.map((row) => row[name]))]));
  return { length: rows.length, columns: columns as PackedRows<Row>["columns"] };
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

/** Exactly as `toISOString` writes it, after 1970: it comes out as it went in. */
function isTime(text: string): boolean {
  const at = Date.parse(text);
  return at >= 0 && new Date(at).toISOString() === text;
}

const isId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);

function commonStart(texts: readonly string[]): string {
  let start = texts[0] ?? "";
  while (!texts.every((text) => text.startsWith(start))) start = start.slice(0, -1);
  return start;
}
