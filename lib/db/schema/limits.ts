import { bigint, date, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./timestamptz";
import { user } from "./users";

/** How much of what a user began on one day of the console's time zone: calls, cards, keys or rows exported. */
export const dailyUsage = pgTable(
  "daily_usage",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => user.id),
    day: date({ mode: "string" }).notNull(),
    measure: text({ enum: ["callsMoved", "cardsDestroyed", "keysMade", "rowsExported"] }).notNull(),
    used: bigint({ mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.day, t.measure] })],
);

/** Phones and codes that a user for whom they are masked searched for in the last hour, as keyed hashes. */
export const countedSearch = pgTable(
  "counted_search",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => user.id),
    term: text().notNull(),
    at: timestamptz("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.term] })],
);
