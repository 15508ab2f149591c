import "server-only";
import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import type { UnreadableRow } from "../types";

export type ParsedRow<T> = { ok: true; value: T } | { ok: false; id: string | null; field: string };
type ParsedRows<T> = { items: T[]; unreadable: UnreadableRow[] };

const ROWS_BETWEEN_YIELDS = 500;

/** Parse each row alone: a bad one drops no other. Yields to the event loop every 500 rows. */
export async function parseRows<T>(
  rows: readonly unknown[],
  parse: (row: unknown) => ParsedRow<T>,
): Promise<ParsedRows<T>> {
  const items: T[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const [index, row] of rows.entries()) {
    if (index > 0 && index % ROWS_BETWEEN_YIELDS === 0) await yieldToEventLoop();
    const parsed = parse(row);
    if (parsed.ok) items.push(parsed.value);
    else unreadable.push({ index, id: parsed.id, field: parsed.field });
  }
  return { items, unreadable };
}
