import "server-only";
import { createHmac, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { database } from "@/lib/db/client";
import { setting } from "@/lib/db/schema";
import { decryptKey, encryptKey, isSealedByNewest } from "./encrypt-key";

/** The setting that holds the sealed secret. */
export const FINGERPRINT_SETTING = "card_key_fingerprint";

export type Fingerprint = (key: string) => string;

let cached: { of: string; secret: Buffer } | undefined;

/**
 * Finds duplicates without decrypting: HMAC-SHA256 with a secret that is made once, stored encrypted under the app keys,
 * and never changes, so that rotating the app keys leaves every fingerprint as it is.
 */
export async function readFingerprint(): Promise<Fingerprint> {
  const of = `${env().DATABASE_URL} ${env().APP_KEYS}`;
  if (cached?.of !== of) cached = { of, secret: (await read()) ?? (await make()) };
  const { secret } = cached;
  return (key) => createHmac("sha256", secret).update(key).digest("hex");
}

/** On its own connection: what is cached here must not be rolled back with the caller's transaction. */
async function read(): Promise<Buffer | null> {
  const { db } = database();
  const [row] = await db.select({ value: setting.value }).from(setting).where(eq(setting.key, FINGERPRINT_SETTING));
  if (!row) return null;
  if (typeof row.value !== "string") throw new AppError("unavailable", "key_unreadable");
  const sealed = Buffer.from(row.value, "base64");
  const secret = decryptKey(sealed, FINGERPRINT_SETTING);
  // After a rotation: encrypt it again while the old app key is still there, since without it no key could be stored.
  if (!isSealedByNewest(sealed)) {
    const value = encryptKey(secret, FINGERPRINT_SETTING).toString("base64");
    await db.update(setting).set({ value }).where(eq(setting.key, FINGERPRINT_SETTING));
  }
  return Buffer.from(secret, "base64");
}

/** Of several processes that make one at the same time, the first one's stays. */
async function make(): Promise<Buffer> {
  const value = encryptKey(randomBytes(32).toString("base64"), FINGERPRINT_SETTING).toString("base64");
  await database().db.insert(setting).values({ key: FINGERPRINT_SETTING, value }).onConflictDoNothing();
  const secret = await read();
  if (!secret) throw new Error("the fingerprint's secret vanished");
  return secret;
}
