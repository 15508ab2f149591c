import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { forgetDevices } from "./known-devices";
import { revokeSessions } from "./revoke-sessions";
import type { endOwnSessionsSchema } from "./schemas";

type Call = { ctx: Ctx; input: z.output<typeof endOwnSessionsSchema> };

/** End one of the caller's sessions, or all but the current one; their browsers are unknown again. Returns how many ended. */
export async function endOwnSessions({ ctx, input }: Call): Promise<{ ended: number }> {
  const { id: userId, name, sessionId } = ctx.actor;
  if (!userId || !sessionId) throw new AppError("not_signed_in");
  return ctx.db.transaction(async (tx) => {
    const ended = await revokeSessions(tx, { userId, only: input.sessionId, except: sessionId, at: ctx.now() });
    await forgetDevices(tx, { userId, only: input.sessionId, except: sessionId });
    const entry = {
      action: "user.sessions_ended",
      targetKind: "user",
      targetId: userId,
      detail: { username: name, ended },
    };
    if (ended) await recordAudit(tx, ctx, entry);
    return { ended };
  });
}
