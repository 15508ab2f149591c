import "server-only";

type Waiter = { grant: () => void; timer: NodeJS.Timeout };

/** The lines in front of an upstream, first one first. A screen read decides nothing: nobody loses money while it waits. */
export type CallLine = "write" | "read" | "screen_read";

/** A bounded number of calls at a time; the others wait in line: writes, then reads that decide, then those of screens. */
export class ConcurrencyLimiter {
  readonly #limit: number;
  readonly #lines: Record<CallLine, Waiter[]> = { write: [], read: [], screen_read: [] };
  #busy = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Take a slot if one is free now. Every slot taken must be released. */
  tryAcquire(): boolean {
    if (this.#busy >= this.#limit) return false;
    this.#busy += 1;
    return true;
  }

  /** Take a slot, waiting in line for at most `waitMs`; false when none became free in time. */
  async acquire(line: CallLine, waitMs: number): Promise<boolean> {
    if (this.tryAcquire()) return true;
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

  /** Give a slot back: the oldest of the first line that is not empty gets it. */
  release(): void {
    const { write, read, screen_read } = this.#lines;
    const next = write.shift() ?? read.shift() ?? screen_read.shift();
    if (!next) {
      this.#busy -= 1;
      return;
    }
    clearTimeout(next.timer);
    next.grant();
  }
}
