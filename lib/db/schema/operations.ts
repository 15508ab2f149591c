import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea } from "./bytea";
import { type Call, OPERATION_KINDS, OPERATION_STATES, type Reading, type StoredParams } from "./operation-types";
import { timestamptz } from "./timestamptz";

/** One life of a console process. Alive while its session advisory lock (`lockKey`) is held. */
export const instance = pgTable("instance", {
  id: uuid().primaryKey(),
  lockKey: bigint({ mode: "bigint" }).notNull(),
  startedAt: timestamptz("started_at").notNull(),
  host: text().notNull(),
  pid: integer().notNull(),
});

/** The nicknames of an operation's cards, as one text to search in. */
export const namesIn = (params: SQLWrapper): SQL<string> =>
  sql`coalesce(${params} #>> '{source,userName}', '') || ' ' || coalesce(${params} #>> '{target,userName}', '') || ' ' || coalesce(${params} #>> '{card,userName}', '')`;

/**
 * The states in which an operation may have changed something, or still may. As one text, so that what asks for it finds the
 * indexes that say it.
 */
export const mayHaveHappened = sql`state not in ('draft', 'refused', 'not_sent', 'not_applied')`;

/** One intended write and everything known of it. See docs/decisions/operations.md. */
export const operation = pgTable(
  "operation",
  {
    id: uuid().primaryKey(),
    kind: text({ enum: OPERATION_KINDS }).notNull(),
    state: text({ enum: OPERATION_STATES }).notNull(),
    /** Immutable from the draft on. Without its cards' phones and codes: see `sealed`. */
    params: jsonb().$type<StoredParams>().notNull(),
    /** Phones and codes of its cards, sealed under APP_KEYS and bound to the row's id. Null: a kind without cards, or old. */
    sealed: bytea(),
    /** Keyed hashes of those phones and codes: it is found by them, and they can't be read back. */
    about: text().array().notNull().default([]),
    actorId: uuid(),
    actorName: text().notNull(),
    requestId: text(),
    createdAt: timestamptz("created_at").notNull(),
    /** A draft can be confirmed until then. */
    expiresAt: timestamptz("expires_at").notNull(),
    intentAt: timestamptz("intent_at"),
    sentAt: timestamptz("sent_at"),
    /** When the call ended (after a crash, the latest moment it can have ended). */
    endedAt: timestamptz("ended_at"),
    /** When the state became final. */
    finishedAt: timestamptz("finished_at"),
    instanceId: uuid(),
    /** Balances read just before sending (transfer: source and target). */
    baseline: jsonb().$type<Reading>(),
    /** What the call left behind; null until it ended. */
    call: jsonb().$type<Call>(),
    /** Why refused / not sent / unknown: a code under "operations.reason". */
    reason: text(),
    /** The upstream's message, redacted. */
    upstreamMessage: text(),
    /** Unknown only: when to reconcile next, and why it needs manual resolution. */
    nextReconcileAt: timestamptz("next_reconcile_at"),
    needsManualResolution: text({ enum: ["undecidable", "conflict", "too_many_keys", "foreign_keys"] }),
    settledAs: text({ enum: ["applied", "not_applied"] }),
    settledBy: uuid(),
    settledReason: text(),
    /** A user's own words, and the number of the ticket it was done for. `reason` is the machine's. */
    note: text(),
    reference: text(),
    /** How many drafts its preview made together; the phrase to be typed names that number. */
    previewedTogether: integer(),
    retryOf: uuid(),
    /** The succeeded transfer that this transfer gives back: same pair, same amount, the other way. */
    reverses: uuid(),
    /** A transfer of all that its source has, whose source is to be destroyed afterwards. */
    merges: boolean().notNull().default(false),
    /** The merging transfer that emptied the card which this destroys. */
    mergeOf: uuid(),
    batchId: uuid(),
    /** A later call of its batch: where batches are one row each, the batch's first call stands for it. */
    folded: boolean().notNull().default(false),
    /**
     * When a person resumed the batch although it is not proven yet that this refused call made no keys: from then on
     * the batch asks for them again, and keys that turn up all the same may be surplus.
     */
    releasedAt: timestamptz("released_at"),
  },
  (t) => [
    index("operation_created_idx").on(t.createdAt.desc(), t.id),
    index("operation_listed_idx").on(t.createdAt.desc(), t.id).where(sql`not folded and state <> 'draft'`),
    index("operation_state_idx").on(t.state, t.createdAt.desc()),
    index("operation_reconcile_idx").on(t.nextReconcileAt).where(sql`state = 'unknown'`),
    index("operation_open_idx").on(t.instanceId).where(sql`state in ('intent', 'sent')`),
    index("operation_words_trgm_idx").using("gin", sql`${t.note} gin_trgm_ops`, sql`${t.reference} gin_trgm_ops`),
    index("operation_about_idx").using("gin", t.about),
    index("operation_unsealed_idx").on(t.id).where(sql`sealed is null and kind <> 'generate'`),
    index("operation_names_trgm_idx").using("gin", sql`(${namesIn(t.params)}) gin_trgm_ops`),
    index("operation_reference_idx").on(sql`lower(${t.reference})`).where(sql`reference is not null`),
    index("operation_batch_idx").on(t.batchId, t.createdAt),
    uniqueIndex("operation_retry_key").on(t.retryOf).where(sql`retry_of is not null and state <> 'draft'`),
    // Held by what is under way, unknown, succeeded or settled; what certainly changed nothing gives it free again.
    uniqueIndex("operation_reverses_key").on(t.reverses).where(sql`reverses is not null and ${mayHaveHappened}`),
    uniqueIndex("operation_merge_key").on(t.mergeOf).where(sql`merge_of is not null and ${mayHaveHappened}`),
  ],
);

/** The cards an operation touches; while `open`, the per-card lock. */
export const operationCard = pgTable(
  "operation_card",
  {
    operationId: uuid()
      .notNull()
      .references(() => operation.id),
    cardId: text().notNull(),
    role: text({ enum: ["source", "target"] }).notNull(),
    open: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.operationId, t.cardId] }),
    uniqueIndex("operation_card_open_key").on(t.cardId).where(sql`open`),
    index("operation_card_card_idx").on(t.cardId, t.operationId),
  ],
);

/** Evidence: every later reading of an operation's cards, and what it showed. */
export const operationReading = pgTable(
  "operation_reading",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    operationId: uuid()
      .notNull()
      .references(() => operation.id),
    at: timestamptz("at").notNull(),
    reading: jsonb().$type<Reading>().notNull(),
    conclusion: text().notNull(),
  },
  (t) => [index("operation_reading_idx").on(t.operationId, t.at)],
);
