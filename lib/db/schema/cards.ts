import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** The mirror: the upstream's cards as last read. `balance` null with `unlimited` false is unknown, never 0. */
export const card = pgTable(
  "card",
  {
    id: text().primaryKey(),
    code: text().notNull(),
    type: text().notNull(),
    balance: bigint({ mode: "number" }),
    unlimited: boolean().notNull().default(false),
    userId: text(),
    phone: text(),
    userName: text(),
    createdAt: at("created_at"),
    updatedAt: at("updated_at"),
    firstSeenAt: at("first_seen_at").notNull(),
    /** When this row's values were last read from the upstream. */
    readAt: at("read_at").notNull(),
    /** Full syncs in a row that did not list it. Two make it gone. */
    missed: integer().notNull().default(0),
    goneAt: at("gone_at"),
  },
  (t) => [
    index("card_code_idx").on(t.code),
    index("card_type_idx").on(t.type, t.id),
    index("card_phone_idx").on(t.phone, t.id),
    index("card_phone_last4_idx").on(sql`right(${t.phone}, 4)`),
    index("card_name_idx").on(t.userName, t.id),
    index("card_balance_idx").on(t.unlimited, t.balance, t.id),
    index("card_created_idx").on(t.createdAt, t.id),
    index("card_updated_idx").on(t.updatedAt, t.id),
    index("card_name_trgm_idx").using("gin", sql`${t.userName} gin_trgm_ops`),
    index("card_code_trgm_idx").using("gin", sql`${t.code} gin_trgm_ops`),
    index("card_phone_trgm_idx").using("gin", sql`${t.phone} gin_trgm_ops`),
  ],
);

/** Balance history: a row for each change seen. */
export const cardBalance = pgTable(
  "card_balance",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    cardId: text().notNull(),
    at: at("at").notNull(),
    balance: bigint({ mode: "number" }),
    unlimited: boolean().notNull().default(false),
    source: text({ enum: ["sync", "read", "operation", "reconcile"] }).notNull(),
  },
  (t) => [index("card_balance_card_idx").on(t.cardId, t.at.desc())],
);

export type UnreadableSample = { id: string | null; reason: string };

/** One run of the mirror's sync. */
export const syncRun = pgTable(
  "sync_run",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    startedAt: at("started_at").notNull(),
    finishedAt: at("finished_at"),
    state: text({ enum: ["running", "done", "failed"] }).notNull(),
    trigger: text({ enum: ["schedule", "manual", "start"] }).notNull(),
    bootId: uuid(),
    /** Rows read so far, and the total if the upstream said one. */
    rowsRead: integer().notNull().default(0),
    rowsExpected: integer(),
    duplicates: integer().notNull().default(0),
    unreadable: integer().notNull().default(0),
    unreadableSamples: jsonb().$type<UnreadableSample[]>().notNull().default([]),
    changed: integer().notNull().default(0),
    vanished: integer().notNull().default(0),
    /** Whether the run saw the whole list: only such a run may count a card as missing. */
    full: boolean().notNull().default(false),
    errorKey: text(),
    errorDetails: text(),
  },
  (t) => [index("sync_run_started_idx").on(t.startedAt.desc())],
);
