import { expect, test } from "vitest";
import type { CardList, ListCardsInput } from "@/lib/upstream";
import { readAllCards } from "./read-all-cards";

const PAGES = 1_000;

/** As many pages of one card each as a million cards have by the thousand. */
const source = {
  listCards: async ({ page = 1 }: ListCardsInput): Promise<CardList> => {
    const id = Math.min(page, PAGES).toString().padStart(32, "0");
    const card = { id, code: id, type: "1", balance: 1, userId: null, phone: null, userName: null };
    return {
      cards: [{ ...card, createdAt: null, updatedAt: null }],
      unreadable: [],
      rows: 1,
      totalNumber: null,
      calls: 1,
    };
  },
};

test("a thousand full pages are read whole: only the page after them proves the end", async () => {
  const pages = readAllCards(source, { pageSize: 1, now: () => new Date(0) });
  let read = 0;
  for (;;) {
    const next = await pages.next();
    if (next.done) {
      expect(next.value).toEqual({ complete: true });
      break;
    }
    read += next.value.cards.length;
  }
  expect(read).toBe(PAGES);
});
