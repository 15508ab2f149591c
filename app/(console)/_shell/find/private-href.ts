import { privateSearch } from "@/app/(console)/cards/_components/filters/private-search";
import { privateText } from "@/app/(console)/operations/_components/private-text";
import { type CardFilter, URL_FILTERS, urlName, writeFilters } from "@/lib/cards/types";

/** The card table with this filter. Its phone and code stay in the tab: the address has a token for them. */
export function filterHref(filter: CardFilter): string {
  const texts = writeFilters(filter);
  const params = new URLSearchParams();
  for (const name of URL_FILTERS) if (texts[name]) params.set(urlName(name), texts[name]);
  const token = privateSearch.remember(filter);
  if (token) params.set("q", token);
  return `/cards?${params}`;
}

/** The operations table of this text, which stays in the tab too. */
export const operationsHref = (text: string): string => `/operations?q=${privateText.remember({ text })}`;
