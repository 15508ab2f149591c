import { seedCards } from "./seed-cards.ts";
import { seedKeys } from "./seed-keys.ts";
import { type Store, storeOf } from "./store.ts";

/** How many cards and keys exist from the start; the same seed gives the same ones. */
export type Seeding = { seed: number; cards: number; keys: number };

/** A new store with nothing in its journal. */
export function seedStore({ seed, cards, keys }: Seeding, now: number): Store {
  return storeOf({
    seed,
    seededAt: now,
    cards: seedCards({ seed, count: cards, now }),
    keys: seedKeys({ seed, count: keys, now }),
  });
}
