import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Actor } from "@/lib/context";
import type { Db } from "@/lib/db/client";
import { prepared } from "@/lib/db/prepared";
import { session, user } from "@/lib/db/schema";
import { everySetting, type StoredSettings } from "@/lib/settings";
import { isWithinLimits, limitsOf } from "./session-limits";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** So often at most the last use is written. */
const WRITTEN_EVERY_MS = 60_000;

const openSession = prepared((db) =>
  db
    .select({
      id: user.id,
      name: user.username,
      role: user.role,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      settings: everySetting,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(
      and(
        eq(session.id, sql.placeholder("sessionId")),
        isNull(session.revokedAt),
        gt(session.expiresAt, sql.placeholder("now")),
        isNull(user.disabledAt),
      ),
    ),
);

type Options = {
  /** Whether a person caused the request; a page that reads by itself keeps no session open. */
  used?: boolean;
};

/** A session's user, and the settings, which came by the same statement. */
export type OpenSession = { actor: Actor; settings: StoredSettings };

/**
 * The user of a session id, read from the database each time; null if the session was ended, is unused for too long or
 * too old (the setting `sessions`), or the user disabled.
 */
export async function readOpenSession(
  db: Db,
  sessionId: unknown,
  now: Date,
  { used = false }: Options = {},
): Promise<OpenSession | null> {
  if (typeof sessionId !== "string" || !UUID.test(sessionId)) return null;
  const [found] = await openSession(db).execute({ sessionId, now: now.toISOString() });
  if (!found || !isWithinLimits(found, limitsOf(found.settings.get("sessions")?.value), now)) return null;
  if (used && now.getTime() - found.lastSeenAt.getTime() > WRITTEN_EVERY_MS) {
    await db.update(session).set({ lastSeenAt: now }).where(sql`${session.id} = ${sessionId}`);
  }
  return { actor: { id: found.id, name: found.name, role: found.role, sessionId }, settings: found.settings };
}

/** The user alone. */
export const readSession = async (...asked: Parameters<typeof readOpenSession>): Promise<Actor | null> =>
  (await readOpenSession(...asked))?.actor ?? null;

/** Whether the session of a user was opened by a provider that asked for a second factor. */
export async function hasProviderFactor(db: Db, { sessionId }: Actor): Promise<boolean> {
  const own = and(eq(session.id, sessionId ?? ""), session.providerFactor);
  const [found] = sessionId ? await db.select({ id: session.id }).from(session).where(own) : [];
  return found !== undefined;
}
