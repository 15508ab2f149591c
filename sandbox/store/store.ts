import type { CardRow } from "./card-row.ts";
import type { JournalRow } from "./journal.ts";
import type { KeyRow } from "./key-row.ts";

/** All data of the three upstreams. Handlers change it in place. */
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

/** A store's plain data, as it is written to a file. */
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

/** Add a card or replace the one with the same id. */
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

/** The card with that code if its owner has that phone; codes are case-sensitive. */
export function findCard(store: Store, phone: string, code: string): CardRow | undefined {
  const card = store.cards.get(store.codes.get(code) ?? "");
  return card && card.user_phone !== null && String(card.user_phone) === phone ? card : undefined;
}
