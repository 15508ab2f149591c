import { formatDate } from "@/lib/format/dates";
import type { TimelineEntry } from "@/lib/timeline/types";

/** An entry as a row; `readings`: how many changes it stands for. */
export type TimelineRow = TimelineEntry & { readings: number };

type Used = TimelineEntry & { event: { kind: "balance"; before: number; after: number } };

/**
 * Newest first, as given: what one card's owner used in one day, reading after reading with nothing in between, becomes one row.
 * A card in daily use is read hundreds of times a day, and what else happened to it would drown.
 */
export function foldUse(entries: readonly TimelineEntry[], zone?: string): TimelineRow[] {
  const rows: TimelineRow[] = [];
  for (const entry of entries) {
    const newer = rows.at(-1);
    if (newer && isUse(newer) && isUse(entry) && isSameRun(newer, entry, zone)) {
      const event = { ...newer.event, before: entry.event.before };
      rows[rows.length - 1] = { ...newer, event, readings: newer.readings + 1 };
    } else rows.push({ ...entry, readings: 1 });
  }
  return rows;
}

function isUse(entry: TimelineEntry): entry is Used {
  const { event } = entry;
  if (event.kind !== "balance") return false;
  return typeof event.before === "number" && typeof event.after === "number" && event.after < event.before;
}

const isSameRun = (newer: Used, older: Used, zone: string | undefined): boolean =>
  newer.cardId === older.cardId &&
  newer.event.before === older.event.after &&
  formatDate(new Date(newer.at), zone) === formatDate(new Date(older.at), zone);
