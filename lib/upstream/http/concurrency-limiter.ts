import "server-only";

type Waiter = { grant: () => void; timer: NodeJS.Timeout };

/** The lines in front of an upstream, first one first. A screen read decides nothing: nobody loses money while it waits. */
export type CallLine = "write" | "read" | "screen_read";

/**
 * A bounded number of calls at a time; the others wait in line: writes, then reads that decide, then those of screens. Reads
 * of screens have half of the slots, so that slow ones never keep all of them from a call that decides.
 */
export class ConcurrencyLimiter {
  readonly #limit: number;
  readonly #screenLimit: number;
  readonly #lines: Record<CallLine, Waiter[]> = { write: [], read: [], screen_read: [] };
  #busy = 0;
  #screens = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.#screenLimit = Math.ceil(limit / 2);
  }

  /** How many wait in line. */
  get waiting(): number {
    return Object.values(this.#lines).reduce((sum, line) => sum + line.length, 0);
  }

  /** Take a slot if one is free now. Every slot taken must be released, with its line. */
  tryAcquire(line: CallLine): boolean {
    if (this.#busy >= this.#limit || (line === "screen_read" && this.#screens >= this.#screenLimit)) return false;
    this.#take(line);
    return true;
  }

  /** Take a slot, waiting in line for at most `waitMs`; false when none became free in time. */
  async acquire(line: CallLine, waitMs: number): Promise<boolean> {
    if (this.tryAcquire(line)) return true;
    const waiters = this.#lines[line];
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

  /** Give a slot back: the oldest of the first line that may have it gets it. */
  release(line: CallLine): void {
    this.#busy -= 1;
    if (line === "screen_read") this.#screens -= 1;
    for (const next of ["write", "read", "screen_read"] as const) {
      if (next === "screen_read" && this.#screens >= this.#screenLimit) return;
      const waiter = this.#lines[next].shift();
      if (!waiter) continue;
      this.#take(next);
      clearTimeout(waiter.timer);
      waiter.grant();
      return;
    }
  }

  #take(line: CallLine): void {
    this.#busy += 1;
    if (line === "screen_read") this.#screens += 1;
  }
}
