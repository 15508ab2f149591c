import { setTimeout as sleep } from "node:timers/promises";
import type { UpstreamName } from "../core/endpoints.ts";
import { type Random, seededRandom } from "../core/seeded-random.ts";
import { FaultRegistry } from "../faults/fault-registry.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { DelayedEffects } from "./delayed-effects.ts";
import { HeldCalls } from "./held-calls.ts";
import type { RedirectHit } from "./redirect-target.ts";

export type CallCounts = { total: number; inFlight: number; maxInFlight: number; redirectsFollowed: number };

/** Waits that many ms. */
export type Sleep = (ms: number) => Promise<unknown>;

/** What the requests of one running sandbox share. */
export type SandboxContext = {
  state: UpstreamState;
  faults: FaultRegistry;
  delayed: DelayedEffects;
  held: HeldCalls;
  counts: Record<UpstreamName, CallCounts>;
  redirectTarget: { url: string; hits: RedirectHit[] };
  /** Draws the jitter of the latency. */
  random: Random;
  sleep: Sleep;
  closed: boolean;
  /** The store changed: save it. */
  changed(): void;
};

type Parts = { state: UpstreamState; seed: number; sleep?: Sleep; changed: () => void };

export function createContext({ state, seed, sleep: wait = sleep, changed }: Parts): SandboxContext {
  return {
    state,
    faults: new FaultRegistry(),
    delayed: new DelayedEffects(state, changed),
    held: new HeldCalls(),
    counts: zeroCounts(),
    redirectTarget: { url: "", hits: [] },
    random: seededRandom(seed),
    sleep: wait,
    closed: false,
    changed,
  };
}

export function zeroCounts(): Record<UpstreamName, CallCounts> {
  const zero = (): CallCounts => ({ total: 0, inFlight: 0, maxInFlight: 0, redirectsFollowed: 0 });
  return { espai: zero(), potato: zero(), talkbot: zero() };
}
