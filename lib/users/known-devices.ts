import "server-only";
import { randomUUID, timingSafeEqual } from "node:crypto";
import { and, desc, eq, inArray, notInArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { knownDevice, session } from "@/lib/db/schema";
import { macOf } from "./derived-key";

/** People who share a browser; the oldest falls out of the cookie. */
const MOST_IN_COOKIE = 6;
/** A user's browsers; the one unused for longest is forgotten. */
const MOST_OF_USER = 20;
const NOBODY = "00000000-0000-0000-0000-000000000000";
const ENTRY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

/** Null without AUTH_SECRET: then no device is known, and every sign-in counts as one from an unknown device. */
const signatureOf = (id: string): Buffer | null => macOf("known device", id);

/** The devices of a cookie, newest first; entries that we did not sign are dropped. */
export function readDeviceCookie(value: string | null): string[] {
  return (value ?? "").split("~", MOST_IN_COOKIE).flatMap((entry) => {
    const [, id = "", given = ""] = ENTRY.exec(entry) ?? [];
    const expected = id && signatureOf(id);
    return expected && timingSafeEqual(expected, Buffer.from(given, "base64url")) ? [id] : [];
  });
}

/** The cookie of these devices, newest first. Null without a secret to sign with. */
function writeDeviceCookie(ids: readonly string[]): string | null {
  const entries = ids.slice(0, MOST_IN_COOKIE).flatMap((id) => {
    const signature = signatureOf(id)?.toString("base64url");
    return signature ? [`${id}.${signature}`] : [];
  });
  return entries.length ? entries.join("~") : null;
}

/** Which of a cookie's devices is known for this user; the same one query for a name nobody has (`userId` null). */
export async function findKnownDevice(tx: Tx, ids: string[], userId: string | null): Promise<string | null> {
  if (ids.length === 0) return null;
  const which = and(inArray(knownDevice.id, ids), eq(knownDevice.userId, userId ?? NOBODY));
  const [found] = await tx.select({ id: knownDevice.id }).from(knownDevice).where(which).limit(1);
  return found?.id ?? null;
}

type Remember = { userId: string; known: string | null; cookie: string[]; at: Date };

/** After a success: this browser is known for the user from now on. Returns its device and its new cookie. */
export async function rememberDevice(tx: Tx, { userId, known, cookie, at }: Remember) {
  if (known) {
    await tx.update(knownDevice).set({ lastSeenAt: at }).where(eq(knownDevice.id, known));
    return { deviceId: known, deviceCookie: writeDeviceCookie([known, ...cookie.filter((id) => id !== known)]) };
  }
  const id = randomUUID();
  const deviceCookie = writeDeviceCookie([id, ...cookie]);
  if (!deviceCookie) return { deviceId: null, deviceCookie };
  await tx.insert(knownDevice).values({ id, userId, createdAt: at, lastSeenAt: at });
  const kept = tx
    .select({ id: knownDevice.id })
    .from(knownDevice)
    .where(eq(knownDevice.userId, userId))
    .orderBy(desc(knownDevice.lastSeenAt), desc(knownDevice.createdAt))
    .limit(MOST_OF_USER);
  await tx.delete(knownDevice).where(and(eq(knownDevice.userId, userId), notInArray(knownDevice.id, kept)));
  return { deviceId: id, deviceCookie };
}

/** This browser is unknown again, to this user. */
export async function forgetDevice(tx: Pick<Tx, "delete">, id: string): Promise<void> {
  await tx.delete(knownDevice).where(eq(knownDevice.id, id));
}

type Which = { userId: string; only?: string | undefined; except?: string | undefined };

/** A user's browsers are unknown again: all, only that of one session, or all except that of one session. */
export async function forgetDevices(tx: Pick<Tx, "delete">, { userId, only, except }: Which): Promise<void> {
  const ofSession = (id: string): SQL => sql`(select ${session.deviceId} from ${session} where ${session.id} = ${id})`;
  const which = and(
    eq(knownDevice.userId, userId),
    only === undefined ? undefined : sql`${knownDevice.id} = ${ofSession(only)}`,
    except === undefined ? undefined : sql`${knownDevice.id} is distinct from ${ofSession(except)}`,
  );
  await tx.delete(knownDevice).where(which);
}
