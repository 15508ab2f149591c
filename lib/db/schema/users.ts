import { sql } from "drizzle-orm";
import { boolean, doublePrecision, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./timestamptz";

export const user = pgTable(
  "user",
  {
    id: uuid().primaryKey().defaultRandom(),
    username: text().notNull(),
    role: text({ enum: ["support", "operator", "admin"] }).notNull(),
    /** argon2id in PHC form; null until the first password is set with a reset link. */
    passwordHash: text(),
    disabledAt: timestamptz("disabled_at"),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    lastSignInAt: timestamptz("last_sign_in_at"),
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
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    lastSeenAt: timestamptz("last_seen_at").notNull().defaultNow(),
    expiresAt: timestamptz("expires_at").notNull(),
    revokedAt: timestamptz("revoked_at"),
    /** When its user last proved who they are, by signing in or since; null: not since that is recorded. */
    provedAt: timestamptz("proved_at"),
    /** Wrong proofs since the last right one; at the fifth the session ends. */
    failedProofs: integer().notNull().default(0),
    /** The provider of its single sign-on asked for a second factor. */
    providerFactor: boolean().notNull().default(false),
    ip: text(),
    userAgent: text(),
    /** The browser, as far as it is known (lib/users/known-devices.ts): ended with the session when somebody ends it. */
    deviceId: uuid(),
  },
  (t) => [index("session_user_idx").on(t.userId)],
);

/**
 * A browser in which somebody signed in before. Its cookie holds the id, signed; without the row the cookie is worth
 * nothing.
 */
export const knownDevice = pgTable(
  "known_device",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => user.id),
    createdAt: timestamptz("created_at").notNull(),
    lastSeenAt: timestamptz("last_seen_at").notNull(),
  },
  (t) => [index("known_device_user_idx").on(t.userId)],
);

/** One-time links: first set-up, and password reset created by an admin. Only a hash of the token is stored. */
export const oneTimeLink = pgTable("one_time_link", {
  id: uuid().primaryKey().defaultRandom(),
  kind: text({ enum: ["setup", "reset"] }).notNull(),
  tokenHash: text().notNull().unique(),
  userId: uuid().references(() => user.id),
  createdAt: timestamptz("created_at").notNull().defaultNow(),
  expiresAt: timestamptz("expires_at").notNull(),
  usedAt: timestamptz("used_at"),
  /** Null for a set-up link, which the console prints. */
  createdBy: uuid().references(() => user.id),
  /** The address it was used from. */
  usedFrom: text(),
});

/** Who somebody is to a provider of single sign-on: its issuer and its subject, and nothing else decides. */
export const identity = pgTable(
  "identity",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => user.id),
    issuer: text().notNull(),
    subject: text().notNull(),
    /** What the provider called them last; for people to read. */
    label: text().notNull(),
    /** The user was created by the role claim, and it decides their role at each sign-in. */
    roleByClaim: boolean().notNull(),
    createdAt: timestamptz("created_at").notNull(),
    lastUsedAt: timestamptz("last_used_at"),
  },
  (t) => [
    uniqueIndex("identity_subject_key").on(t.issuer, t.subject),
    uniqueIndex("identity_user_key").on(t.userId, t.issuer),
  ],
);

/** A way to the provider and back, taken once. Only a hash of the cookie's token is stored. */
export const singleSignOnAttempt = pgTable("single_sign_on_attempt", {
  tokenHash: text().primaryKey(),
  purpose: text({ enum: ["sign_in", "redeem", "link", "prove"] }).notNull(),
  /** Whose account is linked or whose proof is asked for. */
  sessionId: uuid().references(() => session.id, { onDelete: "cascade" }),
  /** The one-time link that is redeemed. */
  linkId: uuid().references(() => oneTimeLink.id, { onDelete: "cascade" }),
  /** Where to go afterwards, on this site. */
  path: text().notNull(),
  createdAt: timestamptz("created_at").notNull(),
  expiresAt: timestamptz("expires_at").notNull(),
});

/** Failed sign-ins by key (lib/users/sign-in-throttle.ts); throttles guessing, across restarts. */
export const signInFailure = pgTable("sign_in_failure", {
  key: text().primaryKey(),
  /** How many still counted at `lastFailedAt`; with time they count less. */
  failures: doublePrecision().notNull(),
  lastFailedAt: timestamptz("last_failed_at").notNull(),
});

/** Refused sign-ins that are not in the audit yet: it gets one row a minute for each key, with the count. */
export const signInRefusal = pgTable("sign_in_refusal", {
  key: text().primaryKey(),
  action: text().notNull(),
  userId: uuid(),
  username: text(),
  count: integer().notNull(),
  since: timestamptz("since").notNull(),
  /** The last one's. */
  ip: text(),
});

export const setting = pgTable("setting", {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: timestamptz("updated_at").notNull().defaultNow(),
  updatedBy: uuid().references(() => user.id),
});
