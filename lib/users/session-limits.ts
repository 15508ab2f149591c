import "server-only";
import { and, eq, gt, isNull, lt, type SQL } from "drizzle-orm";
import { CLOCK_TOLERANCE_MS } from "@/lib/core/clock-tolerance";
import type { Tx } from "@/lib/db/client";
import { session, setting } from "@/lib/db/schema";
import { onDefaults } from "@/lib/settings";
import { type SessionLimits, sessionsSchema, settingDefaults } from "@/lib/settings/schemas";

/** The limits of a stored setting, also of one that another version stored; one that can't be read counts as never set. */
export const limitsOf = (stored: unknown): SessionLimits =>
  sessionsSchema.safeParse(onDefaults(stored, settingDefaults.sessions)).data ?? settingDefaults.sessions;

export async function readSessionLimits(tx: Pick<Tx, "select">): Promise<SessionLimits> {
  const [row] = await tx.select({ value: setting.value }).from(setting).where(eq(setting.key, "sessions"));
  return limitsOf(row?.value);
}

/** The moments after which an open session must have been used and opened. */
const since = (limits: SessionLimits, now: Date) => ({
  used: new Date(now.getTime() - limits.idleMinutes * 60_000),
  opened: new Date(now.getTime() - limits.hours * 3_600_000),
  // What is later is of a clock that was ahead; those of two consoles differ by less.
  soon: new Date(now.getTime() + CLOCK_TOLERANCE_MS),
});

type Times = { createdAt: Date; lastSeenAt: Date };

/** Whether a session that nobody ended is neither too old nor unused for too long. */
export function isWithinLimits({ createdAt, lastSeenAt }: Times, limits: SessionLimits, now: Date): boolean {
  const { used, opened, soon } = since(limits, now);
  return lastSeenAt > used && lastSeenAt < soon && createdAt > opened && createdAt < soon;
}

/** The same, and that nobody ended it, as a condition. */
export function openSession(limits: SessionLimits, now: Date): SQL | undefined {
  const { used, opened, soon } = since(limits, now);
  return and(
    isNull(session.revokedAt),
    gt(session.expiresAt, now),
    gt(session.lastSeenAt, used),
    gt(session.createdAt, opened),
    lt(session.lastSeenAt, soon),
    lt(session.createdAt, soon),
  );
}
