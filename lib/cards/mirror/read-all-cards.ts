import "server-only";
import type { CardList, ListCardsInput } from "@/lib/upstream";
import type { Card } from "../types";
import { IdSet } from "./id-set";

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

type Options = {
  pageSize: number;
  now: () => Date;
  /** Waited for before each page is requested. */
  beforePage?: () => Promise<void>;
  /** Told how many calls a page took. */
  afterPage?: (calls: number) => void;
};

/** An upstream with more pages than this never ends. By the thousand, a million cards are 1,001: the last brings nothing new. */
const MAX_PAGES = 2_000;

/**
 * Read the whole list, page by page, until a page brings nothing new. Nothing else proves the end: `totalNumber` is the
 * rows of a page in one document and all cards in another, a short page may be the upstream's own cap, and an upstream
 * that ignores paging returns everything again. Returns whether the whole list was certainly read.
 */
export async function* readAllCards(
  source: Source,
  { pageSize, now, beforePage, afterPage }: Options,
): AsyncGenerator<CardPage, { complete: boolean }> {
  const seen = new IdSet();
  let rows = 0;
  let nameless = false;
  for (let page = 1; page <= MAX_PAGES; page++) {
    await beforePage?.();
    const askedAt = now();
    const list = await source.listCards({ page, limit: pageSize });
    afterPage?.(list.calls);
    const before = seen.size;
    const cards = list.cards.filter((card) => seen.add(card.id));
    const unreadable = list.unreadable.filter((row) => row.id === null || seen.add(row.id));
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
