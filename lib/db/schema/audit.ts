import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
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
    /** Keyed hashes of the cards, phones and codes it is about: they are found by, and can't be read back. */
    about: text().array().notNull().default([]),
    /** Makes every record unlike every other, so that a copy of one is no second one. */
    nonce: uuid(),
    /** HMAC over all of the above but the id, and the tag of its key. Null in records of before the chain. */
    mac: text(),
    macKey: text(),
  },
  (t) => [
    index("audit_at_idx").on(t.at.desc(), t.id.desc()),
    index("audit_actor_idx").on(t.actorId, t.at.desc()),
    index("audit_action_idx").on(t.action, t.at.desc()),
    index("audit_target_idx").on(t.targetKind, t.targetId, t.at.desc()),
    index("audit_outcome_idx").on(t.outcome, t.at.desc()),
    index("audit_ip_idx").on(t.ip, t.at.desc()),
    index("audit_about_idx").using("gin", t.about),
    uniqueIndex("audit_mac_key").on(t.mac),
  ],
);

/** The chain over the audit: gap-free numbers, each with an HMAC over its record and the HMAC before. Only ever added. */
export const auditSeal = pgTable(
  "audit_seal",
  {
    seq: bigint({ mode: "number" }).primaryKey(),
    auditId: bigint({ mode: "number" }).notNull(),
    sealedAt: timestamptz("sealed_at").notNull(),
    mac: text().notNull(),
    macKey: text().notNull(),
  },
  (t) => [uniqueIndex("audit_seal_audit_key").on(t.auditId)],
);

/** Refusals that are counted and not in the audit yet: it gets one row a minute for each who, from where and what. */
export const refusal = pgTable("refusal", {
  key: text().primaryKey(),
  actorId: uuid("actor_id"),
  actorName: text("actor_name").notNull(),
  /** A group of addresses, or the last one's. */
  ip: text(),
  action: text().notNull(),
  targetKind: text("target_kind"),
  targetId: text("target_id"),
  outcome: text({ enum: ["ok", "refused", "failed", "unknown"] }).notNull(),
  detail: jsonb().$type<Record<string, unknown>>().notNull(),
  count: integer().notNull(),
  firstAt: timestamptz("first_at").notNull(),
  lastAt: timestamptz("last_at").notNull(),
});
