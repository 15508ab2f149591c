import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { PAGE_SIZES } from "@/lib/core/paging";
import type { FollowUpList, FollowUpState, FollowUpWhose } from "@/lib/follow-ups/types";
import { postJson } from "@/lib/web/post-json";
import { queryKeys } from "../query-keys";

export type FollowUpQuery = {
  whose: FollowUpWhose;
  state: FollowUpState;
  cardIds: string[];
  page: number;
  size: (typeof PAGE_SIZES)[number];
};

export const followUpListQuery = (input: FollowUpQuery) =>
  queryOptions({
    queryKey: [...queryKeys.followUps, "list", input],
    queryFn: ({ signal }) => postJson<FollowUpList>("/api/follow-ups/list", input, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
    staleTime: 1_000,
  });
