import "server-only";
import type { Ctx } from "@/lib/context";
import { guardRetryInMs, UpstreamError } from "@/lib/upstream";
import { recordPoll } from "@/lib/upstream-status";

/**
 * Keep how the last reading of PotatoCloud's keys went (null: well), for every screen and process. What our own breaker
 * or queue refused says nothing of the upstream.
 */
export async function noteKeyReading(ctx: Ctx, error: unknown): Promise<void> {
  if (error !== null && !(error instanceof UpstreamError)) return;
  if (guardRetryInMs(error) !== null) return;
  await recordPoll(ctx.db, { source: "potato.keys", at: ctx.now(), error });
}
