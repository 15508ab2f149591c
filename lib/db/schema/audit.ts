import { bigint, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./timestamptz";

/** Who did what, when and from where. Written in the same transaction as what it records; never changed. */
export const audit = pgTable(
  "audit",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamptz("at").notNull().defaultNow(),
    actorId: uuid(),
    /** The name at the time; "system" for jobs. */
    actorName: text().notNull(),
    action: text().notNull(),
    targetKind: text(),
    targetId: text(),
    outcome: text({ enum: ["ok", "refused", "failed", "unknown"] })
      .notNull()
      .default("ok"),
    requestId: text(),
    ip: text(),
    userAgent: text(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    index("audit_at_idx").on(t.at.desc(), t.id.desc()),
    index("audit_actor_idx").on(t.actorId, t.at.desc()),
    index("audit_action_idx").on(t.action, t.at.desc()),
    index("audit_target_idx").on(t.targetKind, t.targetId, t.at.desc()),
  ],
);
