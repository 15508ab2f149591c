export type PageRequest = { page: number; size: number };

/**
 * Which page of a list to ask for next, when the upstream may give fewer rows than asked: a short page is then not the
 * end, and page 2 may mean the rows after those asked for or after those given. So the size that was really given is
 * adopted, and each page asked for begins exactly where the rows seen so far end.
 */
export class PageCursor {
  #size: number;
  #reached: number;

  /** `reached`: rows seen so far, to go on where an earlier cursor stopped; `size` is then the size that one adopted. */
  constructor(size: number, reached = 0) {
    this.#size = size;
    this.#reached = reached;
  }

  get size(): number {
    return this.#size;
  }

  get reached(): number {
    return this.#reached;
  }

  /** The page that begins after the rows seen so far: the largest that fits there. */
  get next(): PageRequest {
    if (this.#reached === 0) return { page: 1, size: this.#size };
    let size = Math.min(this.#size, this.#reached);
    while (this.#reached % size !== 0) size--;
    return { page: this.#reached / size + 1, size };
  }

  /** That page brought so many rows. */
  advance(rows: number): void {
    if (this.#reached === 0) this.#size = Math.min(this.#size, rows);
    this.#reached += rows;
  }

  /**
   * For an upstream that answers beyond the end with rows it has shown already: a page that begins before the end of the
   * rows seen so far and reaches beyond it. Exactly `rows` rows, all seen, prove the end of the list and that pages are
   * honoured. Null if so few rows were seen that there is no such page.
   */
  get straddling(): (PageRequest & { rows: number }) | null {
    let size = Math.floor(this.#size / 2) + 1;
    while (size > 0 && this.#reached % size === 0) size--;
    if (size === 0) return null;
    const rows = this.#reached % size;
    return { page: (this.#reached - rows) / size + 1, size, rows };
  }
}
