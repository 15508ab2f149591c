import {
  createLoader,
  parseAsBoolean,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import {
  CARD_SORTS,
  type CardQuery,
  forEachFilter,
  type PrivateFilter,
  readFilters,
  URL_FILTERS,
  urlName,
} from "@/lib/cards/types";
import { MAX_PAGE, PAGE_SIZES } from "@/lib/core/paging";

/** The card table's URL parameters: its filters as text, and `q`, a token for the private ones this tab remembers. */
export const cardParams = {
  ...forEachFilter(URL_FILTERS, () => parseAsString),
  sort: parseAsStringLiteral(CARD_SORTS).withDefault("created"),
  desc: parseAsBoolean.withDefault(true),
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(50),
  q: parseAsString.withDefault(""),
};

export const cardUrlKeys = forEachFilter(URL_FILTERS, urlName);
export const loadCardParams = createLoader(cardParams, { urlKeys: cardUrlKeys });
export type CardParams = Awaited<ReturnType<typeof loadCardParams>>;

/** The list verb's input; equal on the server and in the browser. Invalid values are dropped. */
export function cardQueryOf(params: CardParams, privateFilter: PrivateFilter = {}): CardQuery {
  return {
    filter: { ...readFilters(forEachFilter(URL_FILTERS, (name) => params[name])).filter, ...privateFilter },
    sort: { id: params.sort, desc: params.desc },
    page: Math.min(Math.max(1, params.page), MAX_PAGE),
    size: params.size,
  };
}
