import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

const MINUTE_MS = 60_000;

type Options = {
  /** Asked before each call, so that a changed setting holds at once. */
  perMinute: () => Promise<number>;
  /** Milliseconds of a clock that nobody sets. */
  now?: (() => number) | undefined;
  signal?: AbortSignal | undefined;
  wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<unknown>) | undefined;
};

/**
 * Lets so many calls through in any minute, and no more. A repetition after a fault can't wait for its turn, so it is counted
 * afterwards, and what comes later waits longer.
 */
export class CallBudget {
  readonly #options: Options;
  /** When the calls of the last minute were made, oldest first. */
  #made: number[] = [];
  #calls = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Calls made through this budget, repetitions too. */
  get calls(): number {
    return this.#calls;
  }

  /** Count calls that an earlier run made, the last of them so long ago. Before the first call, the longest ago first. */
  countEarlier(calls: number, agoMs: number): void {
    const at = this.#now() - agoMs;
    this.#made.push(...Array.from({ length: calls }, () => at));
  }

  countRepeated(calls: number): void {
    for (let call = 0; call < calls; call++) this.#count();
  }

  /** Wait for a call's turn. Rejects with the signal's reason when the process stops. */
  async take(): Promise<void> {
    const { perMinute, signal, wait = pause } = this.#options;
    for (;;) {
      const most = await perMinute();
      const time = this.#now();
      this.#made = this.#made.filter((at) => at > time - MINUTE_MS);
      const blocking = this.#made.at(-most);
      if (this.#made.length < most || blocking === undefined) break;
      await wait(blocking + MINUTE_MS - time, signal);
    }
    this.#count();
  }

  #now(): number {
    return (this.#options.now ?? performance.now.bind(performance))();
  }

  #count(): void {
    this.#made.push(this.#now());
    this.#calls += 1;
  }
}

const pause = (ms: number, signal: AbortSignal | undefined) => sleep(ms, undefined, signal ? { signal } : {});
