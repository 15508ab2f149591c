import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { session, user } from "@/lib/db/schema";
import { findKnownDevice, forgetDevice, readDeviceCookie, rememberDevice } from "./known-devices";
import { hashPassword, isOutdated, verifyPassword } from "./password";
import { takePlace } from "./password-places";
import { noteRefusal } from "./refusals";
import type { signInSchema } from "./schemas";
import { readSessionLimits } from "./session-limits";
import { clearAttempts, clearTotal, deviceKeys, recordAttempt, tryKeys } from "./sign-in-throttle";

/** What the browser brings: the cookie of known devices as it came, and the session it has (of any user). */
export type Browser = { deviceCookie: string | null; sessionId: string | null };
/** `sessionId` is the only content of the session's cookie; `deviceCookie` that of the other one (null: set none). */
export type SignedIn = { sessionId: string; deviceCookie: string | null };

type Input = z.output<typeof signInSchema>;
type Call = { ctx: Ctx; input: Input; browser?: Browser };

/**
 * Check name and password and open a session; the one the browser had ends. A wrong name, a wrong password and a
 * disabled user look and take the same: AppError "not_signed_in". Too many tries, or too many sign-ins at once: AppError
 * "too_many" (sign-in-throttle.ts, password-places.ts).
 */
export async function signIn({ ctx, input, browser }: Call): Promise<SignedIn> {
  const devices = readDeviceCookie(browser?.deviceCookie ?? null);
  const leave = takePlace(devices.length ? "known" : "unknown");
  try {
    const normal = input.username.normalize("NFKC");
    // Names are normalised when they are made; those of earlier versions were not.
    const found =
      (await findUser(ctx, normal)) ?? (normal === input.username ? null : await findUser(ctx, input.username));
    const counted = await countAttempt(ctx, { found, devices, username: found?.name ?? normal });
    const matches = await verifyPassword(found?.hash ?? null, input.password);
    if (!found || !matches || found.disabledAt) {
      await recordRefusal(ctx, found);
      throw new AppError("not_signed_in", "wrong_sign_in");
    }
    const passwordHash = found.hash && isOutdated(found.hash) ? await hashPassword(input.password) : found.hash;
    return await openSession(ctx, { found, passwordHash, counted, devices, replaces: browser?.sessionId ?? null });
  } finally {
    leave();
  }
}

type Found = { id: string; name: string; hash: string | null; disabledAt: Date | null };

async function findUser(ctx: Ctx, username: string): Promise<Found | null> {
  const [found] = await ctx.db
    .select({ id: user.id, name: user.username, hash: user.passwordHash, disabledAt: user.disabledAt })
    .from(user)
    .where(eq(sql`lower(${user.username})`, username.toLowerCase()));
  return found ?? null;
}

type Counted = { keys: string[]; device: string | null };
type Attempt = { found: Found | null; devices: string[]; username: string };

/** Where the user is known the attempt counts there alone; a device that used up its tries is one of the unknown ones. */
async function countAttempt(ctx: Ctx, { found, devices, username }: Attempt): Promise<Counted> {
  try {
    const device = await findKnownDevice(ctx.db, devices, found?.id ?? null);
    if (device) {
      const keys = deviceKeys(device);
      const used = await recordAttempt(ctx, keys).then(() => false, isLocked);
      if (!used) return { keys, device };
      await forgetDevice(ctx.db, device);
    }
    const keys = tryKeys(username, ctx.ip, found !== null);
    await recordAttempt(ctx, keys);
    return { keys, device: null };
  } catch (error) {
    if (error instanceof AppError && error.code === "too_many") await noteRefusal(ctx, { kind: "blocked", found });
    throw error;
  }
}

function isLocked(error: unknown): true {
  if (error instanceof AppError && error.key === "sign_in_locked") return true;
  throw error;
}

async function recordRefusal(ctx: Ctx, found: Found | null): Promise<void> {
  if (!found) return noteRefusal(ctx, { kind: "refused", found });
  const detail = { username: found.name };
  const refusal = { action: "session.refused", targetKind: "user", targetId: found.id, outcome: "refused" as const };
  await recordAudit(ctx.db, ctx, { ...refusal, detail });
}

type Opening = {
  found: Found;
  passwordHash: string | null;
  counted: Counted;
  devices: string[];
  replaces: string | null;
};

function openSession(ctx: Ctx, { found, passwordHash, counted, devices, replaces }: Opening): Promise<SignedIn> {
  return ctx.db.transaction(async (tx) => {
    // Locks the row: of this sign-in and a concurrent disabling, the later one sees the other.
    const now = ctx.now();
    const still = sql`${user.id} = ${found.id} and ${user.disabledAt} is null and ${user.passwordHash} = ${found.hash}`;
    const set = { lastSignInAt: now, passwordHash };
    const [current] = await tx.update(user).set(set).where(still).returning({ role: user.role });
    if (!current) throw new AppError("not_signed_in", "wrong_sign_in");
    await clearAttempts(tx, counted.keys);
    await clearTotal(tx, found.name);
    if (replaces) {
      const open = and(eq(session.id, replaces), isNull(session.revokedAt));
      await tx.update(session).set({ revokedAt: now }).where(open);
    }
    const remembered = { userId: found.id, known: counted.device, cookie: devices, at: now };
    const { deviceId, deviceCookie } = await rememberDevice(tx, remembered);
    const { hours } = await readSessionLimits(tx);
    const expiresAt = new Date(now.getTime() + hours * 3_600_000);
    const { ip, userAgent } = ctx;
    const [opened] = await tx
      .insert(session)
      .values({
        userId: found.id,
        createdAt: now,
        lastSeenAt: now,
        provedAt: now,
        expiresAt,
        ip,
        userAgent,
        deviceId,
      })
      .returning({ id: session.id });
    if (!opened) throw new AppError("internal");
    const actor = { id: found.id, name: found.name, role: current.role, sessionId: opened.id };
    const target = { targetKind: "user", targetId: found.id };
    const detail = { username: found.name, device: counted.device ? "known" : "new" };
    await recordAudit(tx, { ...ctx, actor }, { action: "session.opened", ...target, detail });
    return { sessionId: opened.id, deviceCookie };
  });
}
