import "server-only";
import type { BreakerState } from "../types";

/** How a call went. "answered": by the upstream itself, even with a failure; "not_attempted": no call was made. */
export type CallReport = "answered" | "failed" | "not_attempted";

const FAILURES_TO_OPEN = 5;
const OPEN_MS = 15_000;

/**
 * Five transport failures in a row open the breaker for 15 s. Then it is half open: one call goes through as a probe,
 * whose answer closes the breaker and whose failure opens it again.
 */
export class CircuitBreaker {
  readonly #now: () => number;
  #failures = 0;
  #openUntil: number | null = null;
  #probing = false;
  /** Counts openings: the report of a call begun before the last one is ignored. */
  #generation = 0;

  /** `now` is monotonic, in ms. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether a call may begin: not while open, nor while the probe is under way. */
  allowsCall(): boolean {
    return this.#openUntil === null || (this.#now() >= this.#openUntil && !this.#probing);
  }

  /** Begin a call, as the probe when half open. Null when none is allowed; else the function to report it with, once. */
  begin(): ((report: CallReport) => void) | null {
    if (!this.allowsCall()) return null;
    const generation = this.#generation;
    const probe = this.#openUntil !== null;
    if (probe) this.#probing = true;
    return (report) => {
      if (probe) this.#probing = false;
      if (generation === this.#generation && report !== "not_attempted") this.#record(report === "failed");
    };
  }

  state(): BreakerState {
    const retryInMs = this.#openUntil === null ? 0 : Math.max(0, this.#openUntil - this.#now());
    const open = retryInMs > 0 ? "open" : "half_open";
    return { state: this.#openUntil === null ? "closed" : open, failuresInARow: this.#failures, retryInMs };
  }

  #record(failed: boolean) {
    this.#failures = failed ? this.#failures + 1 : 0;
    if (!failed) this.#openUntil = null;
    else if (this.#failures >= FAILURES_TO_OPEN) {
      this.#openUntil = this.#now() + OPEN_MS;
      this.#generation += 1;
    }
  }
}
