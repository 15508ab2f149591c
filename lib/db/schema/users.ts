import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const user = pgTable(
  "user",
  {
    id: uuid().primaryKey().defaultRandom(),
    username: text().notNull(),
    role: text({ enum: ["support", "operator", "admin"] }).notNull(),
    /** argon2id in PHC form; null until a reset link was used. */
    passwordHash: text(),
    disabledAt: at("disabled_at"),
    createdAt: at("created_at").notNull().defaultNow(),
    lastSignInAt: at("last_sign_in_at"),
  },
  (t) => [uniqueIndex("user_username_key").on(sql`lower(${t.username})`)],
);

export const session = pgTable(
  "session",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => user.id),
    createdAt: at("created_at").notNull().defaultNow(),
    lastSeenAt: at("last_seen_at").notNull().defaultNow(),
    expiresAt: at("expires_at").notNull(),
    revokedAt: at("revoked_at"),
    ip: text(),
    userAgent: text(),
  },
  (t) => [index("session_user_idx").on(t.userId)],
);

/** One-time links: first set-up, and password reset made by an admin. Only the token's hash is kept. */
export const oneTimeLink = pgTable("one_time_link", {
  id: uuid().primaryKey().defaultRandom(),
  kind: text({ enum: ["setup", "reset"] }).notNull(),
  tokenHash: text().notNull().unique(),
  userId: uuid().references(() => user.id),
  createdAt: at("created_at").notNull().defaultNow(),
  expiresAt: at("expires_at").notNull(),
  usedAt: at("used_at"),
});

/** Failed sign-ins by key ("user:…" or "ip:…"); what slows guessing down, across restarts. */
export const signInFailure = pgTable("sign_in_failure", {
  key: text().primaryKey(),
  failures: integer().notNull(),
  lastFailedAt: at("last_failed_at").notNull(),
  blockedUntil: at("blocked_until"),
});

export const setting = pgTable("setting", {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: at("updated_at").notNull().defaultNow(),
  updatedBy: uuid().references(() => user.id),
});
