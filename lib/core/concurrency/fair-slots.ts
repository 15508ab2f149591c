import "server-only";

type Limits = {
  /** At most so many of one person at a time. */
  each: number;
  /** At most so many of everybody together. */
  all?: number;
};

/** Work that nobody waits in line for: what finds no slot is refused at once, so no one person can fill a queue. */
export class FairSlots {
  readonly #limits: Limits;
  readonly #held = new Map<string, number>();
  #all = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Run `work` in a slot of `person`; or throw what `refusal` makes of whose slots are taken. */
  async run<T>(person: string, work: () => Promise<T>, refusal: (taken: "own" | "all") => Error): Promise<T> {
    const { each, all = Number.POSITIVE_INFINITY } = this.#limits;
    const own = this.#held.get(person) ?? 0;
    if (own >= each) throw refusal("own");
    if (this.#all >= all) throw refusal("all");
    this.#held.set(person, own + 1);
    this.#all += 1;
    try {
      return await work();
    } finally {
      this.#all -= 1;
      const left = (this.#held.get(person) ?? 1) - 1;
      if (left) this.#held.set(person, left);
      else this.#held.delete(person);
    }
  }
}
