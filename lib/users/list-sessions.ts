import "server-only";
import { and, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { session } from "@/lib/db/schema";
import type { userIdSchema } from "./schemas";
import { openSession, readSessionLimits } from "./session-limits";

export type SessionRow = {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  ip: string | null;
  userAgent: string | null;
  /** The session of this request. */
  current: boolean;
};

/** A user's open sessions, last used first. */
export async function listSessions({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof userIdSchema>;
}): Promise<SessionRow[]> {
  const { id, createdAt, lastSeenAt, expiresAt, ip, userAgent } = session;
  const open = and(eq(session.userId, input.userId), openSession(await readSessionLimits(ctx.db), ctx.now()));
  const rows = await ctx.db
    .select({ id, createdAt, lastSeenAt, expiresAt, ip, userAgent })
    .from(session)
    .where(open)
    .orderBy(desc(session.lastSeenAt))
    .limit(200);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    current: row.id === ctx.actor.sessionId,
  }));
}

/** The caller's own open sessions. */
export async function listOwnSessions({ ctx }: { ctx: Ctx }): Promise<SessionRow[]> {
  if (!ctx.actor.id) throw new AppError("not_signed_in");
  return listSessions({ ctx, input: { userId: ctx.actor.id } });
}
