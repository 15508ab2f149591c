import type { Result } from "./lab.ts";
import type { Store } from "./store.ts";
import type { JournalRow } from "./types.ts";

type Opening = Pick<JournalRow, "at" | "actor" | "upstream" | "path" | "kind" | "params"> & Partial<JournalRow>;

/** Note a write before anything comes of it. */
export function openRow(store: Store, opening: Opening): JournalRow {
  const row: JournalRow = {
    fault: null,
    rule: null,
    effect: "before",
    dueAt: null,
    effectAt: null,
    refusal: null,
    changes: [],
    ...opening,
    seq: (store.journal.at(-1)?.seq ?? 0) + 1,
  };
  store.journal.push(row);
  return row;
}

/** Note what came of it. */
export function settleRow(row: JournalRow, result: Result): void {
  row.changes = result.changes;
  row.refusal = result.refusal;
  if (result.changes.length > 0) row.effectAt = Date.now();
}
