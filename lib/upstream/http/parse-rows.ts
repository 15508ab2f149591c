import "server-only";
import { setImmediate as turn } from "node:timers/promises";

/** A row that could not be read. It is shown as such; it never drops the list, and is never taken for a missing card. */
export type UnreadableRow = {
  /** Place in the answer, from 0. */
  index: number;
  /** The row's id, if that much could be read. */
  id: string | null;
  /** The first field that stopped it; "row" when it is not an object at all. */
  field: string;
};

export type ReadRow<T> = { ok: true; value: T } | { ok: false; id: string | null; field: string };
export type ReadRows<T> = { items: T[]; unreadable: UnreadableRow[] };

const ROWS_A_TURN = 500;

/** Read each row alone, letting others run every few hundred rows. */
export async function readRows<T>(rows: readonly unknown[], read: (row: unknown) => ReadRow<T>): Promise<ReadRows<T>> {
  const items: T[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const [index, row] of rows.entries()) {
    if (index > 0 && index % ROWS_A_TURN === 0) await turn();
    const result = read(row);
    if (result.ok) items.push(result.value);
    else unreadable.push({ index, id: result.id, field: result.field });
  }
  return { items, unreadable };
}
