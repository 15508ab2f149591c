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
  isMaskedSort,
  maskedErrors,
  PRIVATE_FILTERS,
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

/** What of a query was left out. */
export type Dropped = ("phone" | "code" | "sort")[];

/**
 * The query as it may be asked by who sees phones and codes masked: without a filter by a part of one, and not sorted by
 * them. What was left out is named, for the page to say so.
 */
export function maskedQuery(query: CardQuery): { query: CardQuery; dropped: Dropped } {
  const errors = maskedErrors(query.filter);
  const dropped: Dropped = [];
  const filter = { ...query.filter };
  for (const name of PRIVATE_FILTERS) {
    if (!errors[name]) continue;
    delete filter[name];
    dropped.push(name);
  }
  if (!isMaskedSort(query.sort.id)) return { query: { ...query, filter }, dropped };
  return { query: { ...query, filter, sort: NEWEST_FIRST }, dropped: [...dropped, "sort"] };
}

const NEWEST_FIRST = { id: "created", desc: true } as const;
