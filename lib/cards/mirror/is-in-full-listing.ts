import "server-only";
import type { Ctx } from "@/lib/context";
import { espai } from "@/lib/upstream";
import { readAllCards } from "./read-all-cards";

const PAGE = 9_999;

/**
 * Whether a card stands in the account's full list. Null if the list was not surely seen whole (unreadable rows, it
 * never ends, or it is empty, which a broken upstream's is too): that is never "gone". Throws UpstreamError if a page
 * could not be read.
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
