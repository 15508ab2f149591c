import { bigint, boolean, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./bytea";
import { timestamptz } from "./timestamptz";
import { user } from "./users";

/** An authenticator app (TOTP). Counts once it is confirmed with a code. */
export const totp = pgTable("totp", {
  userId: uuid()
    .primaryKey()
    .references(() => user.id),
  /** Sealed under APP_KEYS, bound to the user. */
  secret: bytea().notNull(),
  createdAt: timestamptz("created_at").notNull(),
  confirmedAt: timestamptz("confirmed_at"),
  /** The newest time step whose code was accepted: none up to it is accepted again. */
  lastStep: integer(),
  lastUsedAt: timestamptz("last_used_at"),
});

/** A way in without the device, each used once. Only a hash is stored. */
export const recoveryCode = pgTable(
  "recovery_code",
  {
    codeHash: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => user.id),
    createdAt: timestamptz("created_at").notNull(),
    usedAt: timestamptz("used_at"),
  },
  (t) => [index("recovery_code_user_idx").on(t.userId)],
);

/** A passkey (WebAuthn credential). */
export const passkey = pgTable(
  "passkey",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => user.id),
    credentialId: text().notNull().unique(),
    publicKey: bytea().notNull(),
    counter: bigint({ mode: "number" }).notNull(),
    transports: text().array().notNull(),
    name: text().notNull(),
    /** It is copied to the person's other devices. */
    backedUp: boolean().notNull(),
    createdAt: timestamptz("created_at").notNull(),
    lastUsedAt: timestamptz("last_used_at"),
  },
  (t) => [index("passkey_user_idx").on(t.userId)],
);

/** A challenge a passkey has to sign; taken once. Without a user: sign-in by passkey alone. */
export const passkeyChallenge = pgTable("passkey_challenge", {
  challengeHash: text().primaryKey(),
  purpose: text({ enum: ["register", "prove", "sign_in"] }).notNull(),
  userId: uuid().references(() => user.id),
  expiresAt: timestamptz("expires_at").notNull(),
});

/** A sign-in whose password was right and whose second factor is awaited. Only a hash of the cookie's token is stored. */
export const signInTicket = pgTable(
  "sign_in_ticket",
  {
    tokenHash: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => user.id),
    tries: integer().notNull().default(0),
    expiresAt: timestamptz("expires_at").notNull(),
  },
  (t) => [index("sign_in_ticket_user_idx").on(t.userId)],
);
