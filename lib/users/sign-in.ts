import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { noteRefusal, recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { user } from "@/lib/db/schema";
import { findKnownDevice, forgetDevice, readDeviceCookie } from "./known-devices";
import { type Browser, openSession, type SignedIn } from "./open-session";
import { hashPassword, isOutdated, verifyPassword } from "./password";
import { takePlace } from "./password-places";
import type { signInSchema } from "./schemas";
import { askedSecondFactor } from "./second-factor/read-second-factor";
import { issueTicket, SecondFactorNeeded } from "./second-factor/sign-in-tickets";
import { clearAttempts, deviceKeys, recordAttempt, tryKeys } from "./sign-in-throttle";

type Input = z.output<typeof signInSchema>;
type Call = { ctx: Ctx; input: Input; browser?: Browser | undefined };

/**
 * Check name and password and open a session; the one the browser had ends. A wrong name, a wrong password and a
 * disabled user look and take the same: AppError "not_signed_in". Too many tries, or too many sign-ins at once: AppError
 * "too_many" (sign-in-throttle.ts, password-places.ts). A user with a second factor gets no session yet:
 * {@link SecondFactorNeeded}.
 */
export async function signIn({ ctx, input, browser }: Call): Promise<SignedIn> {
  const devices = readDeviceCookie(browser?.deviceCookie ?? null);
  const leave = takePlace(devices.length ? "known" : "unknown");
  try {
    const normal = input.username.normalize("NFKC");
    // Names are normalised when they are made; those of earlier versions were not.
    const found =
      (await findUser(ctx, normal)) ?? (normal === input.username ? null : await findUser(ctx, input.username));
    const keys = await countAttempt(ctx, { found, devices, username: found?.name ?? normal });
    const matches = await verifyPassword(found?.hash ?? null, input.password);
    if (!found || !matches || found.disabledAt) {
      await recordRefusal(ctx, found);
      throw new AppError("not_signed_in", "wrong_sign_in");
    }
    const matched = { userId: found.id, passwordHash: await renewHash(ctx, found, input.password) };
    const methods = await askedSecondFactor(ctx.db, found.id);
    if (methods) {
      const ticket = await issueTicket(ctx, matched);
      await clearAttempts(ctx.db, keys);
      throw new SecondFactorNeeded(ticket, methods);
    }
    return await ctx.db.transaction(async (tx) => {
      const opened = await openSession(tx, ctx, { ...matched, browser });
      await clearAttempts(tx, keys);
      return opened;
    });
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

type Attempt = { found: Found | null; devices: string[]; username: string };

/**
 * Returns what the attempt counts against. Where the user is known it counts there alone; a device that used up its tries
 * is one of the unknown ones.
 */
async function countAttempt(ctx: Ctx, { found, devices, username }: Attempt): Promise<string[]> {
  try {
    const device = await findKnownDevice(ctx.db, devices, found?.id ?? null);
    if (device) {
      const keys = deviceKeys(device);
      const used = await recordAttempt(ctx, keys).then(() => false, isLocked);
      if (!used) return keys;
      await forgetDevice(ctx.db, device);
    }
    const keys = tryKeys(username, ctx.ip, found !== null);
    await recordAttempt(ctx, keys);
    return keys;
  } catch (error) {
    if (error instanceof AppError && error.code === "too_many") await noteCounted(ctx, "session.blocked", found);
    throw error;
  }
}

function isLocked(error: unknown): true {
  if (error instanceof AppError && error.key === "sign_in_locked") return true;
  throw error;
}

async function recordRefusal(ctx: Ctx, found: Found | null): Promise<void> {
  if (!found) return noteCounted(ctx, "session.refused", null);
  const detail = { username: found.name };
  const refusal = { action: "session.refused", targetKind: "user", targetId: found.id, outcome: "refused" as const };
  await recordAudit(ctx.db, ctx, { ...refusal, detail });
}

/** What comes by the thousand. A name nobody has may be a password typed into the wrong box, and is not written down. */
function noteCounted(ctx: Ctx, action: string, found: Found | null): Promise<void> {
  const anonymous = { ...ctx, actor: { ...ctx.actor, id: null, name: "anonymous" } };
  const about = found ? { targetId: found.id, detail: { username: found.name } } : {};
  const entry = { action, targetKind: "user", outcome: "refused" as const, ...about };
  return noteRefusal({ ctx: anonymous, entry, alone: 0, fromAnywhere: true });
}

/** A hash that is cheaper than today's is made anew while the password is at hand. Returns the one that is the user's then. */
async function renewHash(ctx: Ctx, { id, hash }: Found, password: string): Promise<string | null> {
  if (!hash || !isOutdated(hash)) return hash;
  const passwordHash = await hashPassword(password);
  const same = and(eq(user.id, id), eq(user.passwordHash, hash));
  await ctx.db.update(user).set({ passwordHash }).where(same);
  return passwordHash;
}
