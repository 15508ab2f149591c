import "server-only";
import { and, eq, isNull, ne } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { session, signInTicket } from "@/lib/db/schema";
import { isWithinLimits, readSessionLimits } from "./session-limits";

type Which = { userId: string; only?: string | undefined; except?: string | undefined; at: Date };

/**
 * End a user's sessions: all, only one, or all except one. Returns how many of them were open. A sign-in that awaits its
 * second factor ends too, unless it is about one session.
 */
export async function revokeSessions(tx: Tx, { userId, only, except, at }: Which): Promise<number> {
  // Those that are over as well: a longer limit would open them again, or a clock that was ahead and is right again.
  const left = and(
    eq(session.userId, userId),
    isNull(session.revokedAt),
    only === undefined ? undefined : eq(session.id, only),
    except === undefined ? undefined : ne(session.id, except),
  );
  if (only === undefined) await tx.delete(signInTicket).where(eq(signInTicket.userId, userId));
  const { createdAt, lastSeenAt, expiresAt } = session;
  const ended = await tx
    .update(session)
    .set({ revokedAt: at })
    .where(left)
    .returning({ createdAt, lastSeenAt, expiresAt });
  const limits = await readSessionLimits(tx);
  return ended.filter((row) => row.expiresAt > at && isWithinLimits(row, limits, at)).length;
}
