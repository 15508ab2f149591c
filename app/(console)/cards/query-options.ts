import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { SyncStatus } from "@/lib/cards";
import type {
  CardDetail,
  CardFacets,
  CardFilter,
  CardList,
  CardQuery,
  CardSummary,
  CardUse,
  CardView,
} from "@/lib/cards/types";
import { postJson } from "@/lib/web/post-json";
import { queryKeys, syncKey } from "../query-keys";

export const cardListQuery = (query: CardQuery) =>
  queryOptions({
    queryKey: [...queryKeys.cards, "list", query],
    queryFn: ({ signal }) => postJson<CardList>("/api/cards/list", query, signal),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });

export const cardFacetsQuery = queryOptions({
  queryKey: [...queryKeys.cards, "facets"],
  queryFn: ({ signal }) => postJson<CardFacets>("/api/cards/facets", {}, signal),
});

export const cardSummaryQuery = (filter: CardFilter) =>
  queryOptions({
    queryKey: [...queryKeys.cards, "summary", filter],
    queryFn: ({ signal }) => postJson<CardSummary>("/api/cards/summary", { filter }, signal),
    staleTime: 5_000,
  });

/** What else is known of cards, by id: a column that is hidden at first. */
const ofCards =
  <Value>(path: string) =>
  (ids: string[]) =>
    queryOptions({
      queryKey: [...queryKeys.cards, path, ids],
      queryFn: ({ signal }) => postJson<Record<string, Value>>(path, { ids }, signal),
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    });
export type OfCards<Value> = ReturnType<typeof ofCards<Value>>;
export const cardUseQuery = ofCards<CardUse>("/api/cards/use");
export const cardTagsQuery = ofCards<string[]>("/api/cards/tags");

/** The tags in use, for who is about to write one. */
export const knownTagsQuery = queryOptions({
  queryKey: [...queryKeys.cards, "known-tags"],
  queryFn: ({ signal }) => postJson<string[]>("/api/cards/known-tags", {}, signal),
  staleTime: 30_000,
});

export const cardViewsQuery = queryOptions({
  queryKey: queryKeys.cardViews,
  queryFn: ({ signal }) => postJson<CardView[]>("/api/cards/views", {}, signal),
});

export const syncStatusQuery = queryOptions({
  queryKey: syncKey,
  queryFn: ({ signal }) => postJson<SyncStatus>("/api/cards/sync", {}, signal),
  staleTime: 1_000,
});

export const cardQuery = (id: string) =>
  queryOptions({
    queryKey: [...queryKeys.cards, "one", id],
    queryFn: ({ signal }) => postJson<CardDetail>("/api/cards/get", { id }, signal),
    staleTime: 1_000,
  });
