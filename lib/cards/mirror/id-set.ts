import "server-only";
import { hash } from "node:crypto";

/** So many small tables: one alone is copied when it grows, so growing never holds anything up. */
const TABLES = 1_024;
const WORDS = 4;

/**
 * Ids of any text, held as the first 127 bits of their SHA-256: 34 MB for a million, where a Set of strings takes twice that
 * and stands still while it grows.
 */
export class IdSet {
  readonly #tables = Array.from({ length: TABLES }, () => new Uint32Array(16 * WORDS));
  readonly #counts = new Uint32Array(TABLES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Add an id. Returns whether it is new. */
  add(id: string): boolean {
    const digest = hash("sha256", id, "buffer");
    // The last word is never 0, by which an empty place is known.
    const words = [0, 4, 8, 12].map((at) => (at === 12 ? digest.readUInt32LE(at) | 1 : digest.readUInt32LE(at)) >>> 0);
    const number = digest.readUInt16LE(16) % TABLES;
    const table = this.#roomIn(number);
    if (!put(table, words)) return false;
    this.#counts[number] = (this.#counts[number] ?? 0) + 1;
    this.#size += 1;
    return true;
  }

  #roomIn(number: number): Uint32Array {
    const table = this.#tables[number] ?? new Uint32Array(16 * WORDS);
    if (((this.#counts[number] ?? 0) + 1) * WORDS <= table.length * 0.75) return table;
    const larger = new Uint32Array(table.length * 2);
    for (let at = 0; at < table.length; at += WORDS) {
      if (table[at + WORDS - 1] !== 0) put(larger, table.subarray(at, at + WORDS));
    }
    this.#tables[number] = larger;
    return larger;
  }
}

function put(table: Uint32Array, words: ArrayLike<number>): boolean {
  const places = table.length / WORDS;
  for (let place = (words[0] ?? 0) % places; ; place = (place + 1) % places) {
    const at = place * WORDS;
    if (table[at + WORDS - 1] === 0) {
      table.set(words, at);
      return true;
    }
    if ([0, 1, 2, 3].every((word) => table[at + word] === words[word])) return false;
  }
}
