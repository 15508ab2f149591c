import "server-only";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { forgetDevices } from "./known-devices";
import { revokeLinks } from "./one-time-links";
import type { PauseBatches } from "./pause-batches";
import { revokeSessions } from "./revoke-sessions";

type Which = { userId: string; pauseBatches: PauseBatches };

/** In the caller's transaction, after the user's row was locked: end their sessions, links and known browsers, and pause what they began. */
export async function stopAccess(tx: Tx, ctx: Ctx, { userId, pauseBatches }: Which) {
  const at = ctx.now();
  const sessionsEnded = await revokeSessions(tx, { userId, at });
  await forgetDevices(tx, { userId });
  await revokeLinks(tx, { userId, at });
  return { sessionsEnded, pausedBatches: await pauseBatches(tx, ctx, userId) };
}
