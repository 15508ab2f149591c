import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { DailyUse } from "@/lib/cards";
import type { Timeline, TimelinePlace, TimelineSource } from "@/lib/timeline/types";
import { postJson } from "@/lib/web/post-json";
import { historyKey } from "../query-keys";

/** Of a page: what was used in a day takes one row, so there are fewer rows than entries. */
const LIMIT = 100;

export const timelineQuery = (cardIds: readonly string[], sources: readonly TimelineSource[]) =>
  infiniteQueryOptions({
    queryKey: [...historyKey, "line", cardIds, sources],
    queryFn: ({ signal, pageParam }) =>
      postJson<Timeline>("/api/timeline/read", { cardIds, sources, before: pageParam, limit: LIMIT }, signal),
    initialPageParam: null as TimelinePlace | null,
    getNextPageParam: ({ next }) => next,
    // All pages are read again together: who went far back reads on undisturbed.
    refetchInterval: ({ state: { data } }) =>
      (data?.pages.length ?? 1) > 1 ? false : data?.pages.some(isOpen) ? 3_000 : 30_000,
    staleTime: 1_000,
  });

/** An outcome is awaited: it is shown as soon as it is known. */
const isOpen = ({ entries }: Timeline): boolean =>
  entries.some(({ event }) => event.kind === "operation" && event.operation.state === "unknown");

export const cardUseQuery = (cardIds: readonly string[]) =>
  queryOptions({
    queryKey: [...historyKey, "use", cardIds],
    queryFn: ({ signal }) => postJson<DailyUse>("/api/cards/daily-use", { cardIds }, signal),
    refetchInterval: 30_000,
    staleTime: 5_000,
  });
