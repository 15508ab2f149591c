import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  type ExtraConfigColumn,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea } from "./bytea";
import { timestamptz } from "./timestamptz";
import { tsvector } from "./tsvector";

const live = sql`gone_at is null`;

/** The rank of an unlimited balance, above every number. */
export const UNLIMITED_RANK = sql.raw("9223372036854775807");

type Columns = [ExtraConfigColumn, ...ExtraConfigColumn[]];

/**
 * Nulls are last in either direction, so each direction needs its own index. `filtered` are the columns that filters ask
 * for: behind the order, so that a filtered list too is read from the index alone.
 */
const bothWays = (name: string, column: ExtraConfigColumn, id: ExtraConfigColumn, filtered: Columns) => [
  index(`${name}_asc_idx`)
    .on(column, id, ...filtered)
    .where(live),
  index(`${name}_desc_idx`)
    .on(column.desc().nullsLast(), id.desc(), ...filtered)
    .where(live),
];

/**
 * The mirror: the upstream's cards as last read. `balance` null with `unlimited` false is unknown, never 0. A row is
 * written only when something changed, which keeps the lists' indexes fast.
 */
export const card = pgTable(
  "card",
  {
    id: text().primaryKey(),
    code: text().notNull(),
    type: text().notNull(),
    balance: bigint({ mode: "number" }),
    unlimited: boolean().notNull().default(false),
    /** For sorting and ranges: unlimited is above every number, unknown is null. */
    balanceRank: bigint({ mode: "bigint" }).generatedAlwaysAs(
      sql`case when unlimited then ${UNLIMITED_RANK} else balance end`,
    ),
    userId: text(),
    phone: text(),
    userName: text(),
    /** For search: the nickname in lower case, full-width letters and digits as plain ones. */
    nameKey: text().generatedAlwaysAs(sql`lower(normalize(user_name, NFKC))`),
    createdAt: timestamptz("created_at"),
    updatedAt: timestamptz("updated_at"),
    firstSeenAt: timestamptz("first_seen_at").notNull(),
    /** When these values were read from the upstream; {@link cardSeen} has when they were last confirmed. */
    readAt: timestamptz("read_at").notNull(),
    goneAt: timestamptz("gone_at"),
  },
  (t) => [
    index("card_live_code_idx").on(t.code, t.id, t.type, t.balanceRank, t.phone, t.createdAt).where(live),
    index("card_live_type_idx").on(t.type, t.id, t.balanceRank, t.phone, t.createdAt).where(live),
    index("card_live_id_idx").on(t.id, t.type, t.balanceRank, t.phone, t.createdAt).where(live),
    // The phone itself too: PostgreSQL does not look inside the expression, and would read no row from the index alone.
    index("card_live_redeemed_idx")
      .on(sql`(${t.phone} is null)`, t.id, t.phone, t.type, t.balanceRank, t.createdAt)
      .where(live),
    ...bothWays("card_live_name", t.userName, t.id, [t.type, t.balanceRank, t.phone, t.createdAt]),
    ...bothWays("card_live_phone", t.phone, t.id, [t.type, t.balanceRank, t.createdAt]),
    ...bothWays("card_live_balance", t.balanceRank, t.id, [t.type, t.phone, t.createdAt]),
    ...bothWays("card_live_created", t.createdAt, t.id, [t.type, t.balanceRank, t.phone]),
    ...bothWays("card_live_updated", t.updatedAt, t.id, [t.type, t.balanceRank, t.phone, t.createdAt]),
    // With every column a list of gone cards is filtered and sorted by: there are few of them.
    index("card_gone_idx")
      .on(t.goneAt, t.id, t.type, t.balanceRank, t.phone, t.createdAt, t.updatedAt, t.userName, t.code)
      .where(sql`gone_at is not null`),
    index("card_code_idx").on(t.code),
    index("card_phone_idx").on(t.phone),
    index("card_phone_last4_idx").on(sql`right(${t.phone}, 4)`),
    index("card_user_idx").on(t.userId),
    // As `foldCode` has it: codes that were read out.
    index("card_code_read_idx").on(sql`translate(lower(${t.code}), 'liod', '1100')`),
    index("card_name_trgm_idx").using("gin", sql`${t.nameKey} gin_trgm_ops`),
    // A trigram needs three characters, and a Chinese name has two: the characters themselves.
    index("card_name_chars_idx").using("gin", sql`string_to_array(${t.nameKey}, null)`),
    index("card_code_trgm_idx").using("gin", sql`${t.code} gin_trgm_ops`),
    index("card_phone_trgm_idx").using("gin", sql`${t.phone} gin_trgm_ops`),
  ],
);

/**
 * How many cards of each kind there are: the sum of `cards`. A trigger adds a row for each statement that changed a count,
 * so that no two writers wait for each other; a sync puts them together again. See docs/decisions/mirror.md.
 */
export const cardCount = pgTable("card_count", {
  type: text().notNull(),
  gone: boolean().notNull(),
  redeemed: boolean().notNull(),
  /** A balance of 0; unlimited and unknown are not empty. */
  empty: boolean().notNull(),
  cards: integer().notNull(),
});

/**
 * What a nickname is found by: every ending of it, of its pinyin and of its initials, so that any part of one is the beginning
 * of a word. Apart from the card, whose many indexes this must not burden. Trigrams would need a locale that knows Chinese.
 */
export const cardName = pgTable(
  "card_name",
  {
    cardId: text().primaryKey(),
    /** The nickname that `terms` were made of. */
    userName: text().notNull(),
    terms: tsvector().notNull(),
  },
  (t) => [index("card_name_terms_idx").using("gin", t.terms)],
);

/** When each card was last seen. A narrow table, because every sync writes every row. */
export const cardSeen = pgTable("card_seen", {
  cardId: text().primaryKey(),
  /** When the card's values were last read from the upstream, changed or not. */
  seenAt: timestamptz("seen_at").notNull(),
  /** Consecutive full syncs that did not list it. After two it is gone. */
  missed: integer().notNull().default(0),
});

/** Balance history: a row for each change. */
export const cardBalance = pgTable(
  "card_balance",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    cardId: text().notNull(),
    at: timestamptz("at").notNull(),
    balance: bigint({ mode: "number" }),
    unlimited: boolean().notNull().default(false),
    source: text({ enum: ["sync", "read", "operation", "reconcile"] }).notNull(),
  },
  (t) => [index("card_balance_card_idx").on(t.cardId, t.at.desc())],
);

/**
 * What changed about a card, one row per change seen or made. Never a row for a card's first sight: `card.firstSeenAt`
 * has that. See docs/decisions/history.md.
 */
export const cardEvent = pgTable(
  "card_event",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    cardId: text().notNull(),
    /** When it was seen: the request time of the reading, or the end of our own call. */
    at: timestamptz("at").notNull(),
    kind: text({ enum: ["owner", "type", "code", "redeemed", "gone", "back", "balance"] }).notNull(),
    /**
     * Of an owner: the phone, or the user id if only that changed. Of a balance: digits, "unlimited", or null for
     * unknown. Null of what has no value: an owner before redemption, gone, back.
     */
    before: text(),
    after: text(),
    /**
     * Instead of both, for kinds whose values are phones, user ids or codes: sealed under APP_KEYS and bound to the row's
     * id. Null with values in the clear: a row of before sealing.
     */
    sealed: bytea(),
    /** The operation of ours that caused it; null: it happened upstream. */
    operationId: uuid(),
  },
  (t) => [
    index("card_event_card_idx").on(t.cardId, t.id.desc()),
    index("card_event_at_idx").on(t.at),
    index("card_event_unsealed_idx")
      .on(t.id)
      .where(sql`sealed is null and coalesce(before, after) is not null and kind in ('owner', 'redeemed', 'code')`),
    index("card_event_operation_idx").on(t.operationId).where(sql`operation_id is not null`),
    // A card's line of time: what was not ours, newest first.
    index("card_event_theirs_idx").on(t.cardId, t.at, t.id).where(sql`operation_id is null`),
    // Few among all the changes, and asked for by time over all cards.
    index("card_event_end_idx")
      .on(t.at, t.kind, t.cardId)
      .where(
        sql`operation_id is null and (kind = 'gone' or (kind = 'balance' and after = '0' and before is not null))`,
      ),
  ],
);

/** Calls used per card and day of the display zone: falls of the balance that are not ours. No row: none seen. */
export const cardDailyUse = pgTable(
  "card_daily_use",
  {
    cardId: text().notNull(),
    day: date({ mode: "string" }).notNull(),
    calls: bigint({ mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.cardId, t.day] }), index("card_daily_use_day_idx").on(t.day)],
);

/**
 * What a list of cards by use is sorted by: sums of `cardDailyUse` up to the day `asOf`, kept by a trigger of that table and
 * taken on to the next day by the sync. No row: no use was ever seen. See docs/decisions/use-columns.md.
 */
export const cardUse = pgTable(
  "card_use",
  {
    cardId: text().primaryKey(),
    asOf: date({ mode: "string" }).notNull(),
    /** Calls on that day, in the 7 days and in the 30 days that end with it. */
    day1: bigint({ mode: "number" }).notNull(),
    day7: bigint({ mode: "number" }).notNull(),
    day30: bigint({ mode: "number" }).notNull(),
    lastDay: date({ mode: "string" }).notNull(),
    /** Sorts as the days since the last use do. */
    idleRank: integer().generatedAlwaysAs(sql`'2000-01-01'::date - last_day`),
  },
  (t) => [
    index("card_use_day1_idx").on(t.day1, t.cardId),
    index("card_use_day7_idx").on(t.day7, t.cardId),
    index("card_use_day30_idx").on(t.day30, t.cardId),
    index("card_use_idle_idx").on(t.idleRank, t.cardId),
    index("card_use_due_idx").on(t.asOf, t.cardId).where(sql`day30 > 0`),
  ],
);

export type UnreadableSample = { id: string | null; reason: string };

/**
 * Tags of ours on a card. No key to the mirror: they outlive the card. They are the card's and stay when it changes hands;
 * what concerns its holder is a note. None can be a phone, a code or a key: see lib/format/tags.ts.
 */
export const cardTag = pgTable(
  "card_tag",
  {
    cardId: text().notNull(),
    /** What tags are compared by. */
    key: text().notNull(),
    tag: text().notNull(),
    addedAt: timestamptz("added_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cardId, t.key] }),
    index("card_tag_key_idx").on(t.key, t.cardId),
    check("card_tag_public", sql`char_length(tag) between 1 and 20 and tag !~ '[0-9]{7}|[0-9A-Za-z]{16}'`),
  ],
);

/** One run of the mirror's sync. */
export const syncRun = pgTable(
  "sync_run",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    startedAt: timestamptz("started_at").notNull(),
    finishedAt: timestamptz("finished_at"),
    state: text({ enum: ["running", "done", "failed"] }).notNull(),
    trigger: text({ enum: ["schedule", "manual", "start"] }).notNull(),
    instanceId: uuid(),
    /** Rows read so far, and the total if the upstream gave one. */
    rowsRead: integer().notNull().default(0),
    rowsExpected: integer(),
    /** Calls made so far, and when the last of them was counted: their budget outlives the run. */
    calls: integer().notNull().default(0),
    progressAt: timestamptz("progress_at"),
    duplicates: integer().notNull().default(0),
    unreadable: integer().notNull().default(0),
    unreadableSamples: jsonb().$type<UnreadableSample[]>().notNull().default([]),
    changed: integer().notNull().default(0),
    vanished: integer().notNull().default(0),
    /** Whether the run read the whole list: only then may a card count as missing. */
    full: boolean().notNull().default(false),
    errorKey: text(),
    errorDetails: text(),
  },
  (t) => [index("sync_run_started_idx").on(t.startedAt.desc())],
);
