import { useQueryStates } from "nuqs";
import { useMemo, useSyncExternalStore } from "react";
import type { CardQuery, CardSort } from "@/lib/cards/types";
import { cardParams, cardQueryOf } from "../../search-params";
import { type FilterDraft, splitDraft } from "./filter-draft";
import { nothingRemembered, recallSearch, rememberSearch, subscribeToSearch } from "./private-search";

const DEFAULT_SORT = { sort: "created", desc: true } as const;

/** The search: the URL, and the phones and codes this tab remembers. */
export function useCardSearch() {
  const [params, setParams] = useQueryStates(cardParams, { history: "push" });
  const privateFilter = useSyncExternalStore(subscribeToSearch, () => recallSearch(params.q), nothingRemembered);
  const query: CardQuery = useMemo(() => cardQueryOf(params, privateFilter), [params, privateFilter]);
  return {
    params,
    privateFilter,
    query,
    filtered: Object.keys(query.filter).length > 0,
    apply: (draft: FilterDraft) => {
      const { shown, privateFilter: hidden } = splitDraft(draft);
      return setParams({ ...shown, q: rememberSearch(hidden), page: 1 });
    },
    reset: () => {
      const { size, sort, desc } = params;
      return setParams({ ...EVERYTHING, size, sort, desc });
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

const EVERYTHING = {
  name: null,
  id: null,
  types: null,
  min: null,
  max: null,
  from: null,
  to: null,
  redeemed: null,
  empty: null,
  gone: null,
  q: null,
  page: null,
} as const;
