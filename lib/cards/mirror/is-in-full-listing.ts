import "server-only";
import type { Ctx } from "@/lib/context";
import { espai } from "@/lib/upstream";
import { readAllCards } from "./read-all-cards";

const PAGE = 9_999;

/**
 * Whether a card is in the account's full list. Null if the list may be incomplete (unreadable rows, no end, or empty,
 * as from a broken upstream): that is never "gone". Throws UpstreamError if a page could not be read.
 */
export async function isInFullListing(ctx: Ctx, cardId: string): Promise<boolean | null> {
  const pages = readAllCards(espai(), { pageSize: PAGE, now: ctx.now });
  let seen = 0;
  for (;;) {
    const page = await pages.next();
    if (page.done) return page.value.complete && seen > 0 ? false : null;
    seen += page.value.cards.length;
    if ([...page.value.cards, ...page.value.unreadable].some((row) => row.id === cardId)) return true;
  }
}
