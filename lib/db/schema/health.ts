import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { timestamptz } from "./timestamptz";

/** The last poll of a source: the age and the reason shown on every page. */
export const upstreamStatus = pgTable("upstream_status", {
  /** "espai.cards", "potato.keys", "talkbot.billing", "talkbot.usage". */
  source: text().primaryKey(),
  lastPolledAt: timestamptz("last_polled_at"),
  lastSuccessAt: timestamptz("last_success_at"),
  /** Null when the last poll succeeded. */
  errorKey: text(),
  errorDetails: text(),
});

/** Answers that differ from the documented contract, counted. */
export const contractDrift = pgTable(
  "contract_drift",
  {
    upstream: text().notNull(),
    call: text().notNull(),
    field: text().notNull(),
    what: text().notNull(),
    count: integer().notNull(),
    sample: text().notNull(),
    firstAt: timestamptz("first_at").notNull(),
    lastAt: timestamptz("last_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.upstream, t.call, t.field, t.what] })],
);
