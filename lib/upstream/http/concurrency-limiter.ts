import "server-only";

type Waiter = { grant: () => void; timer: NodeJS.Timeout };

/** A bounded number of calls at a time; the others wait in line, writes before reads. */
export class ConcurrencyLimiter {
  readonly #limit: number;
  readonly #writes: Waiter[] = [];
  readonly #reads: Waiter[] = [];
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
  async acquire(kind: "read" | "write", waitMs: number): Promise<boolean> {
    if (this.tryAcquire()) return true;
    const waiters = kind === "write" ? this.#writes : this.#reads;
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

  /** Give a slot back: the next in line gets it, the oldest write before the oldest read. */
  release(): void {
    const next = this.#writes.shift() ?? this.#reads.shift();
    if (!next) {
      this.#busy -= 1;
      return;
    }
    clearTimeout(next.timer);
    next.grant();
  }
}
