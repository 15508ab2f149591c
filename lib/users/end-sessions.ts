import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { forgetDevices } from "./known-devices";
import { lockUser } from "./lock-user";
import { revokeSessions } from "./revoke-sessions";
import type { endSessionsSchema } from "./schemas";

type Call = { ctx: Ctx; input: z.output<typeof endSessionsSchema> };

/** End one session of a user (`sessionId`), or all; their browsers are unknown again. Returns how many ended. AppError "not_found". */
export async function endSessions({ ctx, input }: Call): Promise<{ ended: number }> {
  return ctx.db.transaction(async (tx) => {
    const target = await lockUser(tx, input.userId);
    const ended = await revokeSessions(tx, { userId: target.id, only: input.sessionId, at: ctx.now() });
    await forgetDevices(tx, { userId: target.id, only: input.sessionId });
    const detail = { username: target.username, ended };
    if (ended)
      await recordAudit(tx, ctx, { action: "user.sessions_ended", targetKind: "user", targetId: target.id, detail });
    return { ended };
  });
}
