import "server-only";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { readSession } from "./read-session";
import { revokeSessions } from "./revoke-sessions";

/** End the session of a cookie. One that has ended is left unchanged. */
export async function signOut({ ctx, input }: { ctx: Ctx; input: { sessionId: string } }): Promise<void> {
  const actor = await readSession(ctx.db, input.sessionId, ctx.now());
  if (!actor?.id) return;
  const { id: userId } = actor;
  await ctx.db.transaction(async (tx) => {
    const ended = await revokeSessions(tx, { userId, only: input.sessionId, at: ctx.now() });
    const entry = { action: "session.closed", targetKind: "user", targetId: userId, detail: { username: actor.name } };
    if (ended) await recordAudit(tx, { ...ctx, actor }, entry);
  });
}
