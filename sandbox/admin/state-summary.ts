import type { BackgroundActivity } from "../activity/background-activity.ts";
import type { UpstreamName } from "../core/endpoints.ts";
import type { SandboxOptions } from "../core/options.ts";
import type { ClosableServer } from "../http/closable-server.ts";
import type { RedirectHit } from "../requests/redirect-target.ts";
import type { CallCounts, SandboxContext } from "../requests/sandbox-context.ts";
import { balanceOf } from "../store/card-row.ts";

/** Response of GET /_sandbox/state. */
export type StateSummary = {
  seed: number;
  seededAt: number;
  cards: number;
  keys: number;
  /** Sum of all countable balances of cards that exist. */
  balance: number;
  consumed: number;
  toppedUp: number;
  destroyed: number;
  journal: number;
  pendingLate: number;
  consumer: { perSecond: number; seed: number } | null;
  calls: Record<UpstreamName, CallCounts>;
  listening: Record<UpstreamName, boolean>;
  redirectTarget: { url: string; hits: RedirectHit[] };
  options: SandboxOptions;
  faults: number;
};

export function summarize(
  { state, delayed, counts, redirectTarget, faults }: SandboxContext,
  activity: BackgroundActivity,
  servers: Record<UpstreamName, ClosableServer>,
): StateSummary {
  const { store, options } = state;
  let balance = 0;
  for (const card of store.cards.values()) balance += balanceOf(card) ?? 0;
  return {
    seed: store.seed,
    seededAt: store.seededAt,
    cards: store.cards.size,
    keys: store.keys.length,
    balance,
    consumed: store.consumed,
    toppedUp: store.toppedUp,
    destroyed: store.destroyed,
    journal: store.journal.length,
    pendingLate: delayed.pending,
    consumer: activity.running,
    calls: counts,
    listening: {
      espai: servers.espai.isListening,
      potato: servers.potato.isListening,
      talkbot: servers.talkbot.isListening,
    },
    redirectTarget,
    options,
    faults: faults.list().length,
  };
}
