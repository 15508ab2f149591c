import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

export type WorkKind = "transfers" | "destroys" | "batches";
/** A client has just sent a confirmation; a write has just arrived upstream. */
export type Moment = "confirmed" | "arrived";

/**
 * Keeps work and kills in step, so that kills hit work from the first item to the last: of each kind of work, the share
 * that has started may exceed the share of kills done by about one item.
 */
export class Pacing {
  readonly totals: Readonly<Record<WorkKind, number>>;
  readonly kills: number;
  readonly started: Record<WorkKind, number> = { transfers: 0, destroys: 0, batches: 0 };
  killed = 0;
  readonly #signal: AbortSignal;
  readonly #moments = new EventEmitter();

  constructor(totals: Record<WorkKind, number>, kills: number, signal: AbortSignal) {
    this.totals = totals;
    this.kills = kills;
    this.#signal = signal;
  }

  /** The number of the next item, once it may start; null when all have started. */
  async next(kind: WorkKind): Promise<number | null> {
    while (!this.#signal.aborted) {
      if (this.#remaining(kind) === 0) return null;
      if (this.started[kind] < this.#allowed(kind)) return this.started[kind]++;
      await sleep(20);
    }
    return null;
  }

  /** Waits until the work has caught up with the kills, then for the next such moment, at most `limitMs`. */
  async untilKillMoment(moment: Moment, limitMs: number): Promise<void> {
    const isBehind = () =>
      (Object.keys(this.totals) as WorkKind[]).some(
        (kind) => this.started[kind] < Math.floor((this.totals[kind] * this.killed) / Math.max(1, this.kills)),
      );
    while (isBehind() && !this.#signal.aborted) await sleep(20);
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(limitMs)]);
    await once(this.#moments, moment, { signal }).catch(() => undefined);
  }

  /** How much of the run is done, 0 to 1: of work and kills, the part that is least far. */
  get progress(): number {
    const share = (done: number, total: number) => (total === 0 ? 1 : done / total);
    const kinds = Object.keys(this.totals) as WorkKind[];
    return Math.min(
      share(this.killed, this.kills),
      ...kinds.map((kind) => share(this.started[kind], this.totals[kind])),
    );
  }

  /** All work has started and all kills are done. */
  get isFinished(): boolean {
    const kinds = Object.keys(this.totals) as WorkKind[];
    return this.killed >= this.kills && kinds.every((kind) => this.#remaining(kind) === 0);
  }

  /** Announce a moment at which a kill is most likely to lose or double something. */
  announce(moment: Moment): void {
    this.#moments.emit(moment);
  }

  #remaining(kind: WorkKind): number {
    return this.totals[kind] - this.started[kind];
  }

  #allowed(kind: WorkKind): number {
    if (this.kills === 0) return this.totals[kind];
    return Math.ceil((this.totals[kind] * (this.killed + 1)) / this.kills) + 1;
  }
}
