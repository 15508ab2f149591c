import "server-only";
import { and, eq, gt, isNull, ne } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { session, signInTicket } from "@/lib/db/schema";

type Which = { userId: string; only?: string | undefined; except?: string | undefined; at: Date };

/**
 * End a user's open sessions: all, only one, or all except one. Returns how many ended. A sign-in that awaits its second
 * factor ends too, unless it is about one session.
 */
export async function revokeSessions(tx: Tx, { userId, only, except, at }: Which): Promise<number> {
  const open = and(
    eq(session.userId, userId),
    isNull(session.revokedAt),
    gt(session.expiresAt, at),
    only === undefined ? undefined : eq(session.id, only),
    except === undefined ? undefined : ne(session.id, except),
  );
  if (only === undefined) await tx.delete(signInTicket).where(eq(signInTicket.userId, userId));
  const ended = await tx.update(session).set({ revokedAt: at }).where(open).returning({ id: session.id });
  return ended.length;
}
