import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./timestamptz";
import { user } from "./users";

/** What a batch that is not yet created would be: an approval of it covers exactly this. */
export type BatchSummary = { batchId: string; keyType: number; wanted: number; note: string };

/** What can be asked for: going over a daily limit with operations or one batch, or a reset of somebody's account. */
export const APPROVAL_SUBJECTS = ["operation", "batch", "password_reset", "second_factor_reset"] as const;

/** A user's request for what a second person must allow, and what an administrator decided. */
export const approval = pgTable(
  "approval",
  {
    id: uuid().primaryKey(),
    subjectKind: text({ enum: APPROVAL_SUBJECTS }).notNull(),
    /** Sorted, so that the same drafts are the same request. A batch: its id alone. A reset: the id of the user it is of. */
    subjectIds: uuid().array().notNull(),
    /** Null for a reset, which no limit counts. */
    measure: text({ enum: ["callsMoved", "cardsDestroyed", "keysMade"] }),
    /** Calls, cards or keys of all subjects together. */
    asked: bigint({ mode: "number" }),
    reason: text().notNull(),
    reference: text(),
    requestedBy: uuid()
      .notNull()
      .references(() => user.id),
    requestedByName: text().notNull(),
    requestedAt: timestamptz("requested_at").notNull(),
    /** From then on it can neither be decided nor used. */
    expiresAt: timestamptz("expires_at").notNull(),
    /** Never left once decided (migration "approvals"). */
    state: text({ enum: ["pending", "approved", "refused"] }).notNull(),
    decidedBy: uuid().references(() => user.id),
    decidedByName: text(),
    decidedAt: timestamptz("decided_at"),
    decisionReason: text(),
    /** A batch only: an operation's parameters are in its own row and immutable. */
    summary: jsonb().$type<BatchSummary>(),
  },
  (t) => [
    index("approval_requested_idx").on(t.requestedAt.desc(), t.id),
    index("approval_requester_idx").on(t.requestedBy, t.state, t.expiresAt),
    check("approval_not_ones_own", sql`decided_by <> requested_by`),
    check("approval_not_ones_own_account", sql`decided_by <> all (subject_ids)`),
    check(
      "approval_decided",
      sql`(state = 'pending') = (decided_by is null) and (state = 'pending') = (decided_at is null)`,
    ),
    check("approval_batch_summary", sql`(subject_kind = 'batch') = (summary is not null)`),
    check(
      "approval_measured",
      sql`(subject_kind in ('operation', 'batch')) = (measure is not null) and (measure is null) = (asked is null)`,
    ),
  ],
);

/**
 * That a reset was carried out by an approval: the key makes it once. What became of operations and batches stands in
 * their own rows.
 */
export const approvalUse = pgTable("approval_use", {
  approvalId: uuid()
    .primaryKey()
    .references(() => approval.id),
  usedAt: timestamptz("used_at").notNull(),
});
