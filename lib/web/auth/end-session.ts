import "server-only";
import type { Ctx } from "@/lib/context";
import { signOut as closeSession } from "@/lib/users";
import { signOut } from "./next-auth";

/** End the caller's session, first in the database, then in the browser's cookie. Only for actions. */
export async function endSession({ ctx }: { ctx: Ctx }): Promise<null> {
  if (ctx.actor.sessionId) await closeSession({ ctx, input: { sessionId: ctx.actor.sessionId } });
  await signOut({ redirect: false });
  return null;
}
