import { bigint, date, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
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
