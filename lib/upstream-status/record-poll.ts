import "server-only";
import type { Tx } from "@/lib/db/client";
import { upstreamStatus } from "@/lib/db/schema";

type PollSource = "espai.cards" | "potato.keys" | "talkbot.billing" | "talkbot.usage";

type Try = {
  source: PollSource;
  at: Date;
  /** A message key, and the upstream's own words. */
  error: { key: string; details?: string | undefined } | null;
  /** A read can bring all it could and still have something to say. */
  succeeded?: boolean;
};

/**
 * Note how a background read of an upstream went: what stands behind "as of" and "because" on every screen. A failure
 * leaves the time of the last success as it was.
 */
export async function recordPoll(
  tx: Pick<Tx, "insert">,
  { source, at, error, succeeded = error === null }: Try,
): Promise<void> {
  const seen = {
    lastPolledAt: at,
    ...(succeeded && { lastSuccessAt: at }),
    errorKey: error?.key ?? null,
    errorDetails: error?.details ?? null,
  };
  await tx
    .insert(upstreamStatus)
    .values({ source, ...seen })
    .onConflictDoUpdate({ target: upstreamStatus.source, set: seen });
}
