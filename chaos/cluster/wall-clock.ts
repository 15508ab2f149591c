import { renameSync, writeFileSync } from "node:fs";

type Step = { at: number; aheadMs: number };

/** The wall clock of all consoles of a run: ours, stepped forward now and then. `step-clock.ts` reads the file. */
export class WallClock {
  readonly file: string;
  readonly #steps: Step[] = [];

  constructor(file: string) {
    this.file = file;
  }

  /** How far it is ahead of ours, ms. */
  get aheadMs(): number {
    return this.#steps.at(-1)?.aheadMs ?? 0;
  }

  /** Set it forward; each process sees it within a tenth of a second, at once. */
  step(byMs: number): void {
    const aheadMs = this.aheadMs + byMs;
    this.#steps.push({ at: Date.now(), aheadMs });
    // Renamed, so that no process reads half a number.
    writeFileSync(`${this.file}.new`, String(aheadMs));
    renameSync(`${this.file}.new`, this.file);
  }

  /**
   * Our time at the moment at which a console's clock showed `time`. A step is much longer than the processes take to see
   * it, so what its clock showed says whether it had been stepped yet.
   */
  toOurTime(time: number): number {
    const step = this.#steps.findLast(({ at, aheadMs }) => time >= at + aheadMs);
    return time - (step?.aheadMs ?? 0);
  }
}
