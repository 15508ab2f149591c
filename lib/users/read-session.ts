import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Actor } from "@/lib/context";
import type { Db } from "@/lib/db/client";
import { session, user } from "@/lib/db/schema";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The user of a session id, read from the database each time; null if the session is revoked or expired or the user
 * disabled.
 */
export async function readSession(db: Db, sessionId: unknown, now: Date): Promise<Actor | null> {
  if (typeof sessionId !== "string" || !UUID.test(sessionId)) return null;
  const [found] = await db
    .select({ id: user.id, name: user.username, role: user.role, lastSeenAt: session.lastSeenAt })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(
      and(eq(session.id, sessionId), isNull(session.revokedAt), gt(session.expiresAt, now), isNull(user.disabledAt)),
    );
  if (!found) return null;
  if (now.getTime() - found.lastSeenAt.getTime() > 60_000) {
    await db.update(session).set({ lastSeenAt: now }).where(sql`${session.id} = ${sessionId}`);
  }
  return { id: found.id, name: found.name, role: found.role, sessionId };
}
