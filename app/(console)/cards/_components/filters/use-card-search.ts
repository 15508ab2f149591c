import { useQueryStates } from "nuqs";
import { useMemo, useSyncExternalStore } from "react";
import {
  type CardFilter,
  type CardQuery,
  type CardSort,
  type CardView,
  forEachFilter,
  URL_FILTERS,
  writeFilters,
} from "@/lib/cards/types";
import { cardParams, cardQueryOf, cardUrlKeys, maskedQuery } from "../../search-params";
import { privateSearch } from "./private-search";

const DEFAULT_SORT = { sort: "created", desc: true } as const;

/** The search: the URL, and the private filters this tab remembers; `masked`: without what a mask hides. */
export function useCardSearch({ masked }: { masked: boolean }) {
  const [params, setParams] = useQueryStates(cardParams, { history: "push", urlKeys: cardUrlKeys });
  const { q } = params;
  const hidden = useSyncExternalStore(
    privateSearch.subscribe,
    () => privateSearch.recall(q),
    () => privateSearch.unread(q),
  );
  const known = typeof hidden === "object";
  const { query, dropped } = useMemo(() => {
    const asked: CardQuery = cardQueryOf(params, known ? hidden : {});
    return masked ? maskedQuery(asked) : { query: asked, dropped: [] };
  }, [params, known, hidden, masked]);
  const apply = (filter: CardFilter) => {
    const texts = writeFilters(filter);
    return setParams({
      ...forEachFilter(URL_FILTERS, (name) => texts[name] || null),
      q: privateSearch.remember(filter),
      page: 1,
    });
  };
  return {
    query,
    /** What of the search this user may not ask for, and is left out of `query`. */
    dropped,
    /** "unread" and "unknown": a part of the search is missing, so that `query` asks for too much and must not be sent. */
    state: known ? ("known" as const) : hidden,
    filtered: Object.keys(query.filter).length > 0,
    apply,
    reset: () => apply({}),
    show: ({ filter, sort }: Pick<CardView, "filter" | "sort">) => {
      void setParams({ sort: sort.id, desc: sort.desc });
      return apply(filter);
    },
    setPage: (page: number) => setParams({ page }),
    setSize: (size: number) => setParams({ size: cardParams.size.parse(String(size)), page: 1 }),
    setSort: (sort: { id: string; desc: boolean } | null) => {
      const id = sort && cardParams.sort.parse(sort.id);
      return setParams({
        ...(sort && id ? ({ sort: id, desc: sort.desc } satisfies SortParams) : DEFAULT_SORT),
        page: 1,
      });
    },
  };
}

type SortParams = { sort: CardSort["id"]; desc: boolean };
