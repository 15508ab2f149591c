import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

export type Work = "transfers" | "destroys" | "batches";
/** A person has just confirmed; a write has just arrived upstream. */
export type Moment = "confirmed" | "arrived";

/**
 * Keeps work and kills in step, so that kills hit work from the first to the last: of each kind, as large a share may
 * have begun as of the kills, and one item more.
 */
export class Pace {
  readonly totals: Readonly<Record<Work, number>>;
  readonly kills: number;
  readonly begun: Record<Work, number> = { transfers: 0, destroys: 0, batches: 0 };
  killed = 0;
  readonly #signal: AbortSignal;
  readonly #moments = new EventEmitter();

  constructor(totals: Record<Work, number>, kills: number, signal: AbortSignal) {
    this.totals = totals;
    this.kills = kills;
    this.#signal = signal;
  }

  /** The number of the next item, once it may begin; null when all have begun. */
  async next(work: Work): Promise<number | null> {
    while (!this.#signal.aborted) {
      if (this.#left(work) === 0) return null;
      if (this.begun[work] < this.#allowed(work)) return this.begun[work]++;
      await sleep(20);
    }
    return null;
  }

  /** Waits until the work has caught up with the kills, then for the next such moment, at most `limitMs`. */
  async untilWorthKilling(moment: Moment, limitMs: number): Promise<void> {
    const behind = () =>
      (Object.keys(this.totals) as Work[]).some(
        (work) => this.begun[work] < Math.floor((this.totals[work] * this.killed) / Math.max(1, this.kills)),
      );
    while (behind() && !this.#signal.aborted) await sleep(20);
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(limitMs)]);
    await once(this.#moments, moment, { signal }).catch(() => undefined);
  }

  /** Everything has begun and every kill is done. */
  get isOver(): boolean {
    return this.killed >= this.kills && (Object.keys(this.totals) as Work[]).every((work) => this.#left(work) === 0);
  }

  /** Something that must not be lost or doubled is happening now. */
  note(moment: Moment): void {
    this.#moments.emit(moment);
  }

  #left(work: Work): number {
    return this.totals[work] - this.begun[work];
  }

  #allowed(work: Work): number {
    if (this.kills === 0) return this.totals[work];
    return Math.ceil((this.totals[work] * (this.killed + 1)) / this.kills) + 1;
  }
}
