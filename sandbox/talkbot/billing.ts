import type { Call } from "../upstream/call.ts";
import type { CallResult } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { talkbotSuccess } from "./talkbot-envelope.ts";
import { decimal6, usageHistory } from "./usage-history.ts";

/** The documented account: 210 bought, worth 10,000 points each. */
const BOUGHT_MICROS = 210_000_000;
const POINTS_PER_UNIT = 10_000;

/** `/v1/billing`: decimal text with six places; the remaining amount falls as usage grows. */
export function billing({ store }: UpstreamState, call: Call): CallResult {
  const used = usageHistory(store.seed, store.seededAt, call.now).reduce((sum, row) => sum + row.costMicros, 0);
  const remaining = Math.max(0, BOUGHT_MICROS - used);
  return talkbotSuccess({
    data: {
      remainingPoints: decimal6(remaining * POINTS_PER_UNIT),
      points: decimal6(BOUGHT_MICROS * POINTS_PER_UNIT),
      remainingAmount: decimal6(remaining),
      amount: decimal6(BOUGHT_MICROS),
    },
  });
}
