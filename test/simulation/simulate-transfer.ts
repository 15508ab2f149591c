import { nextReconcileAt } from "@/lib/operations";
import { timeLeft } from "@/lib/operations/journal/time-left";
import { decideFromBalances } from "@/lib/operations/kinds/transfer/decide-from-balances";
import { evaluateReading } from "@/lib/operations/reconcile/evaluate-reading";
import type { Reading } from "@/lib/operations/types";

/** Numbers in [0, 1) from a seed (mulberry32): the same seed, the same histories. */
export function seededUnit(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Who else moves the balances. `users`: end users consume, up to 18 calls a minute, and nothing else, as the rule
 * assumes; `storm`: the same, up to 100 calls a second. `outsiders`: top-ups and a second operator's transfers
 * too, but no card loses as much as the transfer moves. `anything`: all of it at once.
 */
export type World = "users" | "storm" | "outsiders" | "anything";

export type History = {
  end: "applied" | "not_applied" | "undecidable" | "conflict" | "open";
  /** The end says what is not so at that moment, or what will not stay so. */
  wrong: boolean;
  readings: number;
  /** Lost by itself and gained from outside, over the whole history. */
  lost: { source: number; target: number };
  gained: { source: number; target: number };
  amount: number;
};

export const QUIET_S = 600;

/** When the reconciler reads, seconds after the call ended, by its own schedule. */
export function lookTimes(quietSeconds = QUIET_S): number[] {
  const end = new Date(0);
  const times = [0];
  while ((times.at(-1) ?? 0) < quietSeconds) {
    const last = new Date((times.at(-1) ?? 0) * 1000);
    times.push(nextReconcileAt(end, last, quietSeconds).getTime() / 1000);
  }
  // Where the reading at the end fails, the next one tells.
  return [...times, quietSeconds + 60, quietSeconds + 120];
}

/**
 * One history: a transfer whose answer never came, what the cards go through, and what the reconciler's own step
 * concludes from readings at `times`. The target is read first, the source up to a second later, and things happen in
 * between; some readings fail. The transfer takes effect never, during the call, or at any moment before the quiet
 * period ends, if the source still has enough then. With `clockSteps` the wall clock is set forward at some moment.
 */
export function simulateTransfer(
  unit: () => number,
  world: World,
  times: readonly number[],
  clockSteps = false,
): History {
  const upTo = (n: number) => Math.floor(unit() * (n + 1));
  const range = unit() < 0.5 ? 12 : 5_000;
  let source = 1 + upTo(range);
  let target = upTo(range);
  const amount = 1 + upTo(unit() < 0.7 ? source - 1 : Math.min(source - 1, 9));
  let baseline: Reading = { kind: "balances", source, target };
  const lost = { source: 0, target: 0 };
  const gained = { source: 0, target: 0 };

  // Half of the cards are used by nobody just now, the others a little or a lot.
  const fastest = world === "storm" ? 100 : 0.3;
  const rate = () => (unit() < 0.5 ? 0 : fastest * unit() ** 3);
  const rates = { source: rate(), target: rate() };
  const outside = world === "users" || world === "storm" ? 0 : unit() * 0.05;
  const limit = world === "outsiders" ? amount - 1 : Number.POSITIVE_INFINITY;
  const when = unit();
  const effectAt = when < 0.34 ? Number.POSITIVE_INFINITY : when < 0.6 ? -unit() : QUIET_S * unit() ** 3;
  let due = effectAt < QUIET_S;
  let happened = false;

  const lose = (side: "source" | "target", wanted: number) => {
    const has = side === "source" ? source : target;
    const taken = Math.min(wanted, has, limit - lost[side]);
    lost[side] += taken;
    if (side === "source") source -= taken;
    else target -= taken;
  };
  const live = (seconds: number) => {
    if (rates.source) lose("source", Math.floor(rates.source * seconds + unit()));
    if (rates.target) lose("target", Math.floor(rates.target * seconds + unit()));
    if (unit() >= outside) return;
    const by = 1 + upTo(unit() < 0.5 ? amount * 2 : range);
    if (unit() < 0.3) lose(unit() < 0.5 ? "source" : "target", by);
    else if (unit() < 0.5) {
      source += by;
      gained.source += by;
    } else {
      target += by;
      gained.target += by;
    }
  };
  let now = -1;
  const goTo = (time: number) => {
    if (due && effectAt <= time) {
      live(Math.max(0, effectAt - now));
      due = false;
      happened = source >= amount;
      if (happened) {
        source -= amount;
        target += amount;
      }
      now = Math.max(now, effectAt);
    }
    live(time - now);
    now = time;
  };

  const step = clockSteps ? { at: QUIET_S * unit() ** 2, seconds: 7_200 * unit() } : null;
  const wall = (seconds: number) => (step && seconds >= step.at ? seconds + step.seconds : seconds);

  let last: string | null = "before";
  let readings = 0;
  const ended = (end: History["end"]): History => {
    const wrong = end === "applied" ? !happened : end === "not_applied" && (happened || due);
    return { end, wrong, readings, lost, gained, amount };
  };
  for (const asked of times) {
    goTo(Math.max(now, asked) + unit() * 1.5);
    const seenTarget = target;
    goTo(now + unit());
    if (unit() < 0.03) continue;
    const reading: Reading = { kind: "balances", source, target: seenTarget };
    readings++;
    const elapsed = { wallMs: wall(asked) * 1000, monotonicMs: asked * 1000 };
    const quietPeriodOver = timeLeft(QUIET_S * 1000, elapsed) === 0;
    const verdict = decideFromBalances({ baseline, amount, reading, quietPeriodOver });
    const evaluation = evaluateReading({ verdict, lastConclusion: last, quietPeriodOver });
    last = verdict;
    if (evaluation.rebaseline) baseline = reading;
    if (evaluation.resolution) return ended(evaluation.resolution);
    if (!evaluation.keepPolling) return ended(evaluation.needsManualResolution ?? "open");
  }
  return ended("open");
}
