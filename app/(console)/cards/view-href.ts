import { createSerializer } from "nuqs/server";
import { type CardView, forEachFilter, URL_FILTERS, writeFilters } from "@/lib/cards/types";
import { cardParams, cardUrlKeys } from "./search-params";

const serialize = createSerializer(cardParams, { urlKeys: cardUrlKeys });

/** Where the cards table shows a view; null if it is what the bare page shows. */
export function viewHref({ filter, sort }: Pick<CardView, "filter" | "sort">): string | null {
  const texts = writeFilters(filter);
  const href = serialize("/cards", {
    ...forEachFilter(URL_FILTERS, (name) => texts[name] || null),
    sort: sort.id,
    desc: sort.desc,
  });
  return href === "/cards" ? null : href;
}
