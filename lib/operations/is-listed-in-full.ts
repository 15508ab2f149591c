import "server-only";
import { espai } from "@/lib/upstream/espai/client";

const PAGE = 9_999;
const MAX_PAGES = 200;

/**
 * Whether a card stands in the account's full list. Null if the list could not be read whole (unreadable rows, or it
 * never ends): that is never "gone". Throws UpstreamError if a page could not be read.
 */
export async function isListedInFull(cardId: string): Promise<boolean | null> {
  const seen = new Set<string>();
  let unreadable = 0;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const list = await espai().listCards({ page, limit: PAGE });
    unreadable += list.unreadable.length;
    const before = seen.size;
    for (const card of list.cards) seen.add(card.id);
    if (seen.has(cardId)) return true;
    const repeats = seen.size === before;
    if (list.rows < PAGE || repeats) return unreadable === 0 ? false : null;
  }
  return null;
}
