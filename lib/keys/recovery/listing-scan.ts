import type { PotatoKey } from "@/lib/upstream";

/** How far back a listing must go. */
export type Bounds = {
  /** No key in question was asked for before this moment, if the upstream's clock is right. */
  since: Date;
  /**
   * Upstream ids of the newest keys just before, which no clock can shift; empty if there was no key at all, null if
   * they could not be read.
   */
  highWaterMark: readonly string[] | null;
  /** Those of other chunks in question: which was asked for first, no clock tells, so the lowest of all counts. */
  otherMarks?: readonly (readonly string[])[];
};

/**
 * What a listing, newest first, shows of the time after the bounds. Clocks differ, so a key counts as new if either its
 * place (above the high-water mark) or its date says so; and the listing has gone far enough only when both say so.
 */
export class ListingScan {
  readonly #found: { row: PotatoKey; old: boolean }[] = [];
  /** Unreadable rows that were not there before. */
  unreadable = 0;
  readonly #type: number;
  readonly #since: number;
  readonly #marks: readonly ReadonlySet<string>[] | null;
  readonly #unreached: Set<ReadonlySet<string>>;
  /** The marks an id is in: there may be hundreds, and a list is long. */
  readonly #marksOf = new Map<string, ReadonlySet<string>[]>();
  readonly #seen = new Set<string>();
  readonly #seenUnreadable = new Set<string>();
  #sawOlder = false;

  constructor(type: number, { since, highWaterMark, otherMarks = [] }: Bounds) {
    this.#type = type;
    this.#since = since.getTime();
    this.#marks = highWaterMark && [highWaterMark, ...otherMarks].map((mark) => new Set(mark));
    this.#unreached = new Set(this.#marks);
    for (const mark of this.#unreached)
      for (const id of mark) this.#marksOf.set(id, [...(this.#marksOf.get(id) ?? []), mark]);
  }

  /** Place alone makes a key new only where the lowest mark was reached: while one is missing the whole list is above it. */
  get keys(): PotatoKey[] {
    return this.#found.filter(({ old }) => !old || this.provenAtEnd).map(({ row }) => row);
  }

  /** Add a page. Returns how many rows were not seen before: 0 means that the upstream repeats itself. */
  addPage(rows: readonly PotatoKey[]): number {
    let unseen = 0;
    for (const row of rows) {
      if (this.#seen.has(row.cardStr)) continue;
      this.#seen.add(row.cardStr);
      unseen += 1;
      const inMarks = this.#marksOf.get(row.id ?? "") ?? [];
      for (const mark of inMarks) this.#unreached.delete(mark);
      const marked = inMarks.length > 0 && this.#reachedMark;
      if (row.type !== null && row.type !== this.#type) continue;
      const made = row.createdAt?.getTime();
      const old = made !== undefined && made < this.#since;
      if (old) this.#sawOlder = true;
      if (!marked && (this.#marks === null ? !old : !this.#reachedMark || !old)) this.#found.push({ row, old });
    }
    return unseen;
  }

  /** Add rows that could not be read; those that were there before don't matter. Returns how many were not seen before. */
  addUnreadable(ids: readonly (string | null)[]): number {
    let unseen = 0;
    for (const id of ids) {
      if (id === null) this.unreadable += 1;
      else if (!this.#seenUnreadable.has(id)) {
        this.#seenUnreadable.add(id);
        unseen += 1;
        if (!this.#marks?.every((mark) => mark.has(id))) this.unreadable += 1;
      }
    }
    return unseen;
  }

  /** Down to the lowest mark. */
  get #reachedMark(): boolean {
    return this.#marks !== null && this.#unreached.size === 0;
  }

  /** Past the bounds by place and by date. */
  get passedBounds(): boolean {
    return this.#reachedMark && this.#sawOlder;
  }

  /** Whether the end of the list proves that nothing was overlooked. A mark that is gone, or was never read, leaves a doubt. */
  get provenAtEnd(): boolean {
    return this.#marks !== null && [...this.#unreached].every((mark) => mark.size === 0);
  }
}
