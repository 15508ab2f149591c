import { sql } from "drizzle-orm";
import { boolean, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./timestamptz";
import { user } from "./users";

/** A filter and an order of the cards table under a name. Never a phone or a code: those are in no view. */
export const savedView = pgTable(
  "saved_view",
  {
    id: uuid().primaryKey().defaultRandom(),
    ownerId: uuid()
      .notNull()
      .references(() => user.id),
    ownerName: text().notNull(),
    name: text().notNull(),
    /** Everybody sees it; only its owner and admins delete it. */
    shared: boolean().notNull().default(false),
    /** Filters as the URL has them, by name. */
    filter: jsonb().$type<Record<string, string>>().notNull(),
    sort: text().notNull(),
    desc: boolean().notNull(),
    createdAt: timestamptz("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("saved_view_name_key").on(t.ownerId, sql`lower(${t.name})`),
    index("saved_view_shared_idx").on(t.name).where(sql`shared`),
    check("saved_view_no_private", sql`not (${t.filter} ?| array['phone', 'code'])`),
  ],
);

/** The view that a user's cards table opens with. */
export const defaultView = pgTable("default_view", {
  userId: uuid()
    .primaryKey()
    .references(() => user.id),
  viewId: uuid()
    .notNull()
    .references(() => savedView.id, { onDelete: "cascade" }),
});
