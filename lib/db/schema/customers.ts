import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./bytea";
import { operation } from "./operations";
import { timestamptz } from "./timestamptz";
import { user } from "./users";

/**
 * What a person wrote down about a card, a customer, or both: of a card its holder at that time. No key to the mirror: a note
 * outlives its card. See docs/decisions/answer-card.md.
 */
export const customerNote = pgTable(
  "customer_note",
  {
    id: uuid().primaryKey(),
    cardId: text(),
    userId: text(),
    authorId: uuid()
      .notNull()
      .references(() => user.id),
    authorName: text().notNull(),
    at: timestamptz("at").notNull(),
    /** The text, sealed under APP_KEYS and bound to the row's id. Null once it is deleted: the mark stays, the text does not. */
    sealed: bytea(),
    deletedAt: timestamptz("deleted_at"),
    deletedByName: text(),
  },
  (t) => [
    index("customer_note_card_idx").on(t.cardId, t.at.desc()),
    index("customer_note_user_idx").on(t.userId, t.at.desc()),
    index("customer_note_author_idx").on(t.authorId, t.at),
    check("customer_note_bound", sql`card_id is not null or user_id is not null`),
    check(
      "customer_note_deleted",
      sql`(deleted_at is null) = (sealed is not null) and (deleted_at is null) = (deleted_by_name is null)`,
    ),
  ],
);

/** What somebody promised to come back to: bound to a card, due when an operation's outcome is known, or at a time. */
export const followUp = pgTable(
  "follow_up",
  {
    id: uuid().primaryKey(),
    cardId: text().notNull(),
    operationId: uuid().references(() => operation.id),
    /** What is to be done, sealed under APP_KEYS and bound to the row's id. */
    sealed: bytea().notNull(),
    assignedTo: uuid()
      .notNull()
      .references(() => user.id),
    openedBy: uuid()
      .notNull()
      .references(() => user.id),
    openedByName: text().notNull(),
    openedAt: timestamptz("opened_at").notNull(),
    /** Null: due when the operation's state is final, and not before. */
    dueAt: timestamptz("due_at"),
    state: text({ enum: ["open", "done"] }).notNull(),
    finishedAt: timestamptz("finished_at"),
    finishedByName: text(),
  },
  (t) => [
    index("follow_up_assigned_idx").on(t.assignedTo).where(sql`state = 'open'`),
    index("follow_up_opener_idx").on(t.openedBy).where(sql`state = 'open'`),
    index("follow_up_card_idx").on(t.cardId),
    index("follow_up_opened_idx").on(t.openedAt.desc(), t.id),
    check("follow_up_due", sql`operation_id is not null or due_at is not null`),
    check(
      "follow_up_finished",
      sql`(state = 'done') = (finished_at is not null) and (state = 'done') = (finished_by_name is not null)`,
    ),
  ],
);
