import { bigint, date, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { timestamptz } from "./timestamptz";

const micro = (name: string) => bigint(name, { mode: "bigint" });

/** Good readings of the Talk-Bot account. Integer micro-units (1 = 0.000001). */
export const billingReading = pgTable(
  "billing_reading",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamptz("at").notNull(),
    remainingPointsMicro: micro("remaining_points_micro").notNull(),
    pointsMicro: micro("points_micro").notNull(),
    remainingAmountMicro: micro("remaining_amount_micro").notNull(),
    amountMicro: micro("amount_micro").notNull(),
  },
  (t) => [index("billing_reading_at_idx").on(t.at.desc())],
);

/** Cost by day (Beijing) and model, from the usage call. */
export const billingUsage = pgTable(
  "billing_usage",
  {
    day: date({ mode: "string" }).notNull(),
    name: text().notNull(),
    costMicro: micro("cost_micro").notNull(),
    completionTokens: bigint({ mode: "number" }).notNull(),
    promptTokens: bigint({ mode: "number" }).notNull(),
    readAt: timestamptz("read_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.name] })],
);
