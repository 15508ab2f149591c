import type { PotatoKey } from "@/lib/upstream";

/** How far back a listing must go. */
export type Bounds = {
  /** Nothing asked for before this moment matters, if the upstream's clock is right. */
  since: Date;
  /**
   * Upstream ids of the newest keys just before, a mark no clock can shift; empty if there was no key at all, null if
   * nobody could read them.
   */
  newest: readonly string[] | null;
};

/**
 * What a listing, newest first, shows of the time after the bounds. Clocks differ, so a key counts if either its place
 * (above the mark) or its date says that it is new; and the listing has gone far enough only when both say so.
 */
export class Window {
  readonly keys: PotatoKey[] = [];
  /** Rows nobody could read and that were not there before. */
  unreadable = 0;
  readonly #type: number;
  readonly #since: number;
  readonly #before: ReadonlySet<string> | null;
  readonly #seen = new Set<string>();
  #atMark = false;
  #older = false;

  constructor(type: number, { since, newest }: Bounds) {
    this.#type = type;
    this.#since = since.getTime();
    this.#before = newest && new Set(newest);
  }

  /** Take a page. Returns how many rows were not seen before: 0 means that the upstream repeats itself. */
  take(rows: readonly PotatoKey[]): number {
    let news = 0;
    for (const row of rows) {
      if (this.#seen.has(row.cardStr)) continue;
      this.#seen.add(row.cardStr);
      news += 1;
      const marked = row.id !== null && this.#before?.has(row.id);
      if (marked) this.#atMark = true;
      if (row.type !== null && row.type !== this.#type) continue;
      const made = row.createdAt?.getTime();
      const old = made !== undefined && made < this.#since;
      if (old) this.#older = true;
      const below = this.#before !== null && this.#atMark;
      if (!marked && (this.#before === null ? !old : !below || !old)) this.keys.push(row);
    }
    return news;
  }

  /** Rows that could not be read; those that were there before don't matter. */
  skip(ids: readonly (string | null)[]): void {
    this.unreadable += ids.filter((id) => id === null || !this.#before?.has(id)).length;
  }

  /** Past the bounds by place and by date. */
  get passed(): boolean {
    return this.#atMark && this.#older;
  }

  /** At the end of the list: whether that proves anything. A mark that is gone, or was never read, leaves a doubt. */
  get reachesEnd(): boolean {
    return this.#before !== null && (this.#before.size === 0 || this.#atMark);
  }
}
