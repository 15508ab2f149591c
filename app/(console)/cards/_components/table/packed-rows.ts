/** Rows as a table of values: the names of their fields stand once in the page's HTML, not in each of its rows. */
export type PackedRows<Row> = { names: (keyof Row & string)[]; values: Row[keyof Row][][] };

/** Every row must have the same fields. */
export function packRows<Row extends object>(rows: readonly Row[]): PackedRows<Row> {
  const names = Object.keys(rows[0] ?? {}) as (keyof Row & string)[];
  return { names, values: rows.map((row) => names.map((name) => row[name])) };
}

export function unpackRows<Row extends object>({ names, values }: PackedRows<Row>): Row[] {
  return values.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])) as Row);
}
