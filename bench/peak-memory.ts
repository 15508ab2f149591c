const MB = 1_000_000;

/** How far this process's memory rises above where it began. */
export class PeakMemory {
  readonly #start = process.memoryUsage.rss();
  #peak = this.#start;
  readonly #timer = setInterval(() => this.#sample(), 50).unref();

  #sample(): void {
    this.#peak = Math.max(this.#peak, process.memoryUsage.rss());
  }

  stop(): { residentMb: number; toString: () => string } {
    this.#sample();
    clearInterval(this.#timer);
    const residentMb = (this.#peak - this.#start) / MB;
    return {
      residentMb,
      toString: () => `${(this.#peak / MB).toFixed(0)} MB, ${residentMb.toFixed(0)} above the start`,
    };
  }
}
