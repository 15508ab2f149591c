import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./bytea";
import { timestamptz } from "./timestamptz";

/** Where alerts are sent. Addresses and secrets are in `sealed` alone; `shown` is what people may see of them. */
export const alertChannel = pgTable("alert_channel", {
  id: uuid().primaryKey(),
  kind: text({ enum: ["wecom", "dingtalk", "feishu", "email", "webhook"] }).notNull(),
  name: text().notNull(),
  on: boolean().notNull(),
  /** Sealed under APP_KEYS, bound to the channel. */
  sealed: bytea().notNull(),
  shown: text().notNull(),
  createdAt: timestamptz("created_at").notNull(),
  updatedAt: timestamptz("updated_at").notNull(),
});

/** A rule and what it watches (an upstream, a key type; "" where there is one only), as of the last check. */
export const alertState = pgTable(
  "alert_state",
  {
    rule: text().notNull(),
    subject: text().notNull(),
    firing: boolean().notNull(),
    /** Since when it is as it is. */
    since: timestamptz("since").notNull(),
  },
  (t) => [primaryKey({ columns: [t.rule, t.subject] })],
);

/** What happened, once: a threshold was crossed, or what it watches is well again. Kept for 90 days. */
export const alertEvent = pgTable(
  "alert_event",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamptz("at").notNull(),
    rule: text().notNull(),
    subject: text().notNull(),
    kind: text({ enum: ["fired", "recovered"] }).notNull(),
    severe: boolean().notNull(),
    /** The value, the threshold and the range, as decimals. */
    params: jsonb().$type<Record<string, string>>().notNull(),
  },
  (t) => [index("alert_event_at_idx").on(t.at)],
);

/** Events a channel has not been told: held back, or waiting for the next check. */
export const alertNotice = pgTable(
  "alert_notice",
  {
    channelId: uuid()
      .notNull()
      .references(() => alertChannel.id, { onDelete: "cascade" }),
    eventId: bigint({ mode: "number" })
      .notNull()
      .references(() => alertEvent.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.eventId] }), index("alert_notice_event_idx").on(t.eventId)],
);

/** One message to one channel, with its tries. Kept for 90 days. */
export const alertDelivery = pgTable(
  "alert_delivery",
  {
    id: uuid().primaryKey(),
    channelId: uuid()
      .notNull()
      .references(() => alertChannel.id, { onDelete: "cascade" }),
    /** Asked for by hand: tried once. */
    test: boolean().notNull(),
    text: text().notNull(),
    /** Has something that may wake a person: only such a message is sent in quiet hours. */
    severe: boolean().notNull().default(true),
    state: text({ enum: ["waiting", "sent", "given_up"] }).notNull(),
    tries: integer().notNull().default(0),
    nextAt: timestamptz("next_at").notNull(),
    createdAt: timestamptz("created_at").notNull(),
    endedAt: timestamptz("ended_at"),
    /** Of the last try: a key under "alerts.failure", and what the other side said. */
    errorKey: text(),
    errorDetails: text(),
  },
  (t) => [
    index("alert_delivery_due_idx").on(t.state, t.nextAt),
    index("alert_delivery_channel_idx").on(t.channelId, t.createdAt.desc()),
  ],
);
