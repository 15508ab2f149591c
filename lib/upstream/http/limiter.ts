import "server-only";
import type { UpstreamName } from "../types";

/** Seen on screen. `retryInMs` counts down while the breaker is open. */
export type BreakerState = { state: "closed" | "open" | "half_open"; failuresInARow: number; retryInMs: number };

/** Leave to make one call; it must be given back with how the call went. */
export type Permit = { done(result: "answered" | "failed" | "not_made"): void };
export type Refusal = "circuit_open" | "timeout";

const CONCURRENCY = 4;
const FAILURES_TO_OPEN = 5;
const OPEN_MS = 15_000;

type Waiter = { grant: () => void; timer: NodeJS.Timeout };

/**
 * One per upstream: at most four calls at a time, writes before reads; five transport failures in a row open the breaker
 * for 15 s, then a single call goes through as a probe.
 */
export class Gate {
  readonly #now: () => number;
  readonly #writes: Waiter[] = [];
  readonly #reads: Waiter[] = [];
  #busy = 0;
  #failures = 0;
  #openUntil: number | null = null;
  #probing = false;
  /** Counts openings: what a call begun before the last one brings says nothing about now. */
  #era = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Wait at most `waitMs` for a place. Refused at once while the breaker is open. */
  async enter(kind: "read" | "write", waitMs: number): Promise<Permit | Refusal> {
    if (this.#closedToCalls()) return "circuit_open";
    if (this.#busy < CONCURRENCY) this.#busy += 1;
    else if (!(await this.#queue(kind === "write" ? this.#writes : this.#reads, waitMs))) return "timeout";
    if (!this.#closedToCalls()) return this.#permit();
    this.#leave();
    return "circuit_open";
  }

  state(): BreakerState {
    const retryInMs = this.#openUntil === null ? 0 : Math.max(0, this.#openUntil - this.#now());
    const open = retryInMs > 0 ? "open" : "half_open";
    return { state: this.#openUntil === null ? "closed" : open, failuresInARow: this.#failures, retryInMs };
  }

  #closedToCalls(): boolean {
    return this.#openUntil !== null && (this.#now() < this.#openUntil || this.#probing);
  }

  #queue(waiters: Waiter[], waitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        grant: () => resolve(true),
        timer: setTimeout(() => {
          waiters.splice(waiters.indexOf(waiter), 1);
          resolve(false);
        }, waitMs),
      };
      waiters.push(waiter);
    });
  }

  #permit(): Permit {
    const era = this.#era;
    const probe = this.#openUntil !== null;
    if (probe) this.#probing = true;
    let open = true;
    return {
      done: (result) => {
        if (!open) return;
        open = false;
        if (probe) this.#probing = false;
        if (era === this.#era && result !== "not_made") this.#learn(result === "failed");
        this.#leave();
      },
    };
  }

  #learn(failed: boolean) {
    this.#failures = failed ? this.#failures + 1 : 0;
    if (!failed) this.#openUntil = null;
    else if (this.#failures >= FAILURES_TO_OPEN) {
      this.#openUntil = this.#now() + OPEN_MS;
      this.#era += 1;
    }
  }

  /** A place is handed to the next in line, or given up. */
  #leave() {
    const next = this.#writes.shift() ?? this.#reads.shift();
    if (!next) {
      this.#busy -= 1;
      return;
    }
    clearTimeout(next.timer);
    next.grant();
  }
}

const slot = Symbol.for("cardesk.upstream-gate");
const shared = globalThis as { [slot]?: Partial<Record<UpstreamName, Gate>> };

/** The process's gate of an upstream, shared by every copy of this module. */
export function gateOf(upstream: UpstreamName): Gate {
  shared[slot] ??= {};
  shared[slot][upstream] ??= new Gate();
  return shared[slot][upstream];
}
