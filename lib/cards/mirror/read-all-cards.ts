import "server-only";
import type { CardList, ListCardsInput } from "@/lib/upstream";
import type { Card } from "../types";

export type CardPage = {
  /** Cards not seen on an earlier page of this reading. */
  cards: Card[];
  unreadable: CardList["unreadable"];
  /** Rows of cards seen before, on this page or an earlier one. */
  duplicates: number;
  rows: number;
  /** When the page was requested: its content can't be older. */
  askedAt: Date;
  /** The total number of cards, if the upstream gave it unambiguously. */
  expected: number | null;
};

type Source = { listCards: (input: ListCardsInput) => Promise<CardList> };

/** An upstream with more pages than this never ends. By the thousand, a million cards are 1,001: the last brings nothing new. */
const MAX_PAGES = 2_000;

/**
 * Read the whole list, page by page, until a page brings nothing new. Nothing else proves the end: `totalNumber` is the
 * rows of a page in one document and all cards in another, a short page may be the upstream's own cap, and an upstream
 * that ignores paging returns everything again. Returns whether the whole list was certainly read.
 */
export async function* readAllCards(
  source: Source,
  { pageSize, now }: { pageSize: number; now: () => Date },
): AsyncGenerator<CardPage, { complete: boolean }> {
  const seen = new Set<string>();
  let rows = 0;
  let nameless = false;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const askedAt = now();
    const list = await source.listCards({ page, limit: pageSize });
    const before = seen.size;
    const cards = list.cards.filter((card) => isNew(seen, card.id));
    const unreadable = list.unreadable.filter((row) => row.id === null || isNew(seen, row.id));
    // A row without an id may be any card: while there is one, no card can count as missing.
    nameless ||= list.unreadable.some((row) => row.id === null);
    if (seen.size === before && page > 1) return { complete: !nameless && rows >= (list.totalNumber ?? 0) };
    rows += list.rows;
    yield {
      cards,
      unreadable,
      duplicates: list.rows - cards.length - unreadable.length,
      rows: list.rows,
      askedAt,
      expected: list.totalNumber !== null && list.totalNumber > list.rows ? list.totalNumber : null,
    };
  }
  return { complete: false };
}

function isNew(seen: Set<string>, id: string): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}
