import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { Kinds } from "@/lib/operations";
import { TIMELINE_SOURCES, type TimelineEntry, type TimelinePlace, type TimelineSource } from "./types";

export type Page = {
  ctx: Ctx;
  kinds: Kinds;
  cardIds: readonly string[];
  before: TimelinePlace | null;
  limit: number;
};

/** The newest entries of one kind before a place, newest first: at most `limit`. */
export type ReadEntries = (page: Page) => Promise<TimelineEntry[]>;

/** An instant as a place has it. All microseconds: two changes of one millisecond must not fall between two pages. */
export const placeTime = (at: SQL): SQL<string> =>
  sql<string>`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Rows of a source that lie before a place. `at` and `id` are what the source is ordered by. */
export function isBefore(place: TimelinePlace | null, source: TimelineSource, { at, id }: { at: SQL; id: SQL }): SQL {
  if (!place) return sql`true`;
  const then = sql`${place.at}::timestamptz`;
  const order = rankOf(source) - rankOf(place.source);
  if (order < 0) return sql`${at} <= ${then}`;
  return order > 0 ? sql`${at} < ${then}` : sql`(${at}, ${id}) < (${then}, ${place.id}::${TYPES[source]})`;
}

/** Newest first. Entries of one source are in order already, and stay in it. */
export const byPlace = (a: TimelinePlace, b: TimelinePlace): number =>
  a.at === b.at ? rankOf(b.source) - rankOf(a.source) : a.at < b.at ? 1 : -1;

const rankOf = (source: TimelineSource): number => TIMELINE_SOURCES.indexOf(source);

const TYPES: Record<TimelineSource, SQL> = {
  firstSeen: sql`text`,
  changes: sql`bigint`,
  operations: sql`uuid`,
  reveals: sql`bigint`,
  notes: sql`uuid`,
  tags: sql`bigint`,
};
