import "server-only";
import type { Tx } from "@/lib/db/client";
import { upstreamStatus } from "@/lib/db/schema";

type PollSource = "espai.cards" | "potato.keys" | "talkbot.billing" | "talkbot.usage";

type Try = {
  source: PollSource;
  at: Date;
  /** A message key and the upstream's message. */
  error: { key: string; details?: string | undefined } | null;
  /** A poll can succeed and still have an error to show. */
  succeeded?: boolean;
};

/**
 * Record the result of a background poll of an upstream: the age and the reason shown on every page. A failure leaves
 * the time of the last success unchanged.
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
