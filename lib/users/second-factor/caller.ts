import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";

/** The caller as a user. Throws AppError "not_signed_in" for the system and for strangers. */
export function callerOf(ctx: Ctx): { id: string; name: string; sessionId: string } {
  const { id, name, sessionId } = ctx.actor;
  if (!id || !sessionId) throw new AppError("not_signed_in");
  return { id, name, sessionId };
}
