import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./bytea";
import { operation } from "./operations";
import { timestamptz } from "./timestamptz";

/** A request for `wanted` keys of one type. Each chunk is an operation of kind "generate". */
export const batch = pgTable(
  "batch",
  {
    id: uuid().primaryKey(),
    /** 0 day, 1 week, 2 month, 3 quarter, 4 year, 5 permanent. */
    keyType: integer().notNull(),
    wanted: integer().notNull(),
    note: text().notNull().default(""),
    state: text({ enum: ["generating", "paused", "done", "cancelled"] }).notNull(),
    /** Why paused: "by_user" or a code under "keys.paused". */
    pausedReason: text(),
    /** The upstream's own message. */
    pausedDetails: text(),
    /** How far the upstream's clock was ahead of ours, ms, if it paused for that and it could be measured. */
    pausedClockOffsetMs: bigint({ mode: "number" }),
    createdBy: uuid(),
    createdByName: text().notNull(),
    createdAt: timestamptz("created_at").notNull(),
    updatedAt: timestamptz("updated_at").notNull(),
    finishedAt: timestamptz("finished_at"),
  },
  (t) => [
    uniqueIndex("batch_generating_key").on(t.keyType).where(sql`state = 'generating'`),
    index("batch_created_idx").on(t.createdAt.desc(), t.id),
    index("batch_note_trgm_idx").using("gin", sql`${t.note} gin_trgm_ops`),
  ],
);

/** A generated key, encrypted. `fingerprint` (a keyed hash) finds duplicates. */
export const cardKey = pgTable(
  "card_key",
  {
    id: uuid().primaryKey().defaultRandom(),
    batchId: uuid()
      .notNull()
      .references(() => batch.id),
    operationId: uuid()
      .notNull()
      .references(() => operation.id),
    /** Over 2^53: text. */
    upstreamId: text().notNull(),
    keyType: integer().notNull(),
    last4: text().notNull(),
    cipher: bytea().notNull(),
    fingerprint: text().notNull(),
    /** The address it was made from, if the upstream said. */
    makerIp: text(),
    upstreamCreatedAt: timestamptz("upstream_created_at"),
    recordedAt: timestamptz("recorded_at").notNull(),
    /** Found by listing after an unknown chunk, not in the response of the chunk's own call. */
    recovered: boolean().notNull().default(false),
    /**
     * Flagged, never dropped. "surplus": made by a refused call, and found when its batch had asked for it again; the
     * only flag besides "duplicate" that does not count for the batch.
     */
    flag: text({ enum: ["extra", "duplicate", "wrong_type", "surplus"] }),
    /** As PotatoCloud's list last showed it, at `seenAt`; all null until then. */
    used: boolean(),
    deleted: boolean(),
    expiresAt: timestamptz("expires_at"),
    device: text(),
    exportState: integer(),
    seenAt: timestamptz("seen_at"),
  },
  (t) => [
    uniqueIndex("card_key_fingerprint_key").on(t.fingerprint).where(sql`flag is distinct from 'duplicate'`),
    index("card_key_batch_idx").on(t.batchId, t.recordedAt, t.id),
    index("card_key_operation_idx").on(t.operationId),
    index("card_key_last4_idx").on(t.last4),
  ],
);

/** How far the reading of PotatoCloud's list of keys has come. One row. */
export const keyScan = pgTable("key_scan", {
  name: text({ enum: ["keys"] }).primaryKey(),
  lastRunAt: timestamptz("last_run_at").notNull(),
  /** High-water mark: upstream ids of the newest keys at the last run. */
  newest: jsonb().$type<string[]>().notNull().default([]),
  /** The slow walk through old pages: rows passed in this round, and the page size the upstream really gives. */
  rowsPassed: integer().notNull().default(0),
  pageSize: integer().notNull(),
  /** The first row of the last page, by which a repeated last page is recognised. */
  lastPageId: text(),
  /** When the last round reached the end of the list. */
  roundEndedAt: timestamptz("round_ended_at"),
});
