import { useQueryStates } from "nuqs";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import {
  type CardFilter,
  type CardQuery,
  type CardSort,
  type CardView,
  forEachFilter,
  type PrivateFilter,
  URL_FILTERS,
  writeFilters,
} from "@/lib/cards/types";
import { type CardParams, cardParams, cardQueryOf, cardUrlKeys, maskedQuery } from "../../search-params";
import { LateAddress } from "./late-address";
import { privateSearch } from "./private-search";

const DEFAULT_SORT = { sort: "created", desc: true } as const;

type Options = {
  masked: boolean;
  /** Told each new query before the page is drawn for it: its rows can be on their way meanwhile. */
  onAsk: (query: CardQuery) => void;
};

/** The search: the URL, and the private filters this tab remembers; `masked`: without what a mask hides. */
export function useCardSearch({ masked, onAsk }: Options) {
  const [address] = useState(() => new LateAddress());
  useEffect(() => address.listen(), [address]);
  const [params, setParams] = useQueryStates(cardParams, {
    history: "push",
    urlKeys: cardUrlKeys,
    startTransition: address.hold,
  });
  const { q } = params;
  const hidden = useSyncExternalStore(
    privateSearch.subscribe,
    () => privateSearch.recall(q),
    () => privateSearch.unread(q),
  );
  const known = typeof hidden === "object";
  const { query, dropped } = useMemo(
    () => queryOf(params, known ? hidden : {}, masked),
    [params, known, hidden, masked],
  );
  const go = (part: Partial<CardParams>) => {
    address.write();
    const next = { ...params, ...part };
    const recalled = privateSearch.recall(next.q);
    if (typeof recalled === "object") onAsk(queryOf(next, recalled, masked).query);
    return setParams(part);
  };
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  const [steps] = useState(() => searchSteps((part) => latest.current(part)));
  return {
    query,
    filter: useUnchanged(query.filter),
    /** Told whether rows are waited for: it follows when they are there. */
    address,
    /** What of the search this user may not ask for, and is left out of `query`. */
    dropped,
    /** "unread" and "unknown": a part of the search is missing, so that `query` asks for too much and must not be sent. */
    state: known ? ("known" as const) : hidden,
    filtered: Object.keys(query.filter).length > 0,
    ...steps,
  };
}

/** What a user does with the search. Made once, so that what is drawn with them is not drawn anew for each page. */
function searchSteps(go: (part: Partial<CardParams>) => Promise<URLSearchParams>) {
  const apply = (filter: CardFilter, order: Partial<SortParams> = {}) => {
    const texts = writeFilters(filter);
    return go({
      ...order,
      ...forEachFilter(URL_FILTERS, (name) => texts[name] || null),
      q: privateSearch.remember(filter),
      page: 1,
    });
  };
  return {
    apply: (filter: CardFilter) => apply(filter),
    reset: () => apply({}),
    show: ({ filter, sort }: Pick<CardView, "filter" | "sort">) => apply(filter, { sort: sort.id, desc: sort.desc }),
    setPage: (page: number) => go({ page }),
    setSize: (asked: number) => {
      const size = cardParams.size.parse(String(asked));
      return go({ ...(size && { size }), page: 1 });
    },
    setSort: (sort: { id: string; desc: boolean } | null) => {
      const id = sort && cardParams.sort.parse(sort.id);
      return go({
        ...(sort && id ? ({ sort: id, desc: sort.desc } satisfies SortParams) : DEFAULT_SORT),
        page: 1,
      });
    },
  };
}

/** The same object for as long as it says the same. */
function useUnchanged<T extends object>(value: T): T {
  const [kept, keep] = useState(value);
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return kept;
  keep(value);
  return value;
}

/** What the parameters ask for, without what a mask hides. */
function queryOf(params: CardParams, hidden: PrivateFilter, masked: boolean): ReturnType<typeof maskedQuery> {
  const asked: CardQuery = cardQueryOf(params, hidden);
  return masked ? maskedQuery(asked) : { query: asked, dropped: [] };
}

type SortParams = { sort: CardSort["id"]; desc: boolean };
