import { seedCards } from "./seed.ts";
import { seedKeys } from "./seed-keys.ts";
import type { CardRow, JournalRow, KeyRow } from "./types.ts";

/** Everything the three upstreams remember. Handlers change it in place. */
export type Store = {
  seed: number;
  seededAt: number;
  cards: Map<string, CardRow>;
  /** Code → card id. */
  codes: Map<string, string>;
  /** Oldest first. */
  keys: KeyRow[];
  journal: JournalRow[];
  consumed: number;
  toppedUp: number;
  destroyed: number;
};

export type SeedOptions = { seed: number; cards: number; keys: number; now: number };

/** A store as on the first day. */
export function seedStore({ seed, cards, keys, now }: SeedOptions): Store {
  return storeOf({
    seed,
    seededAt: now,
    cards: seedCards({ seed, count: cards, now }),
    keys: seedKeys({ seed, count: keys, now }),
  });
}

/** A store's plain data, as it is kept in a file. */
export type StoreParts = Pick<Store, "seed" | "seededAt" | "keys"> &
  Partial<Pick<Store, "journal" | "consumed" | "toppedUp" | "destroyed">> & { cards: CardRow[] };

/** A store from its plain data; cards keep their order. */
export function storeOf(parts: StoreParts): Store {
  const store: Store = {
    journal: [],
    consumed: 0,
    toppedUp: 0,
    destroyed: 0,
    ...parts,
    cards: new Map(),
    codes: new Map(),
  };
  for (const card of parts.cards) putCard(store, card);
  return store;
}

/** Add a card or replace the one of that id. */
export function putCard(store: Store, card: CardRow): void {
  removeCard(store, card.id);
  store.cards.set(card.id, card);
  store.codes.set(card.code, card.id);
}

export function removeCard(store: Store, id: string): void {
  const card = store.cards.get(id);
  if (!card) return;
  store.cards.delete(id);
  store.codes.delete(card.code);
}

/** The card of that code if its owner has that phone; codes are case-sensitive. */
export function findCard(store: Store, phone: string, code: string): CardRow | undefined {
  const card = store.cards.get(store.codes.get(code) ?? "");
  return card && card.user_phone !== null && String(card.user_phone) === phone ? card : undefined;
}

/** Calls left; null when the card is unlimited. */
export function balanceOf(card: CardRow): number | null {
  const balance = Number(card.api_limit);
  return Number.isInteger(balance) && balance >= 0 ? balance : null;
}

/** Set the balance, keeping the type (number or text) it was in. */
export function setBalance(card: CardRow, balance: number, now: number): void {
  card.api_limit = typeof card.api_limit === "string" ? String(balance) : balance;
  card.update_time = now;
}
