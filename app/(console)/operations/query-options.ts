import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { OperationDetail, OperationList } from "@/lib/operations";
import type { OperationState } from "@/lib/operations/types";
import { postJson } from "@/lib/web/post-json";
import { queryKeys } from "../query-keys";
import type { OperationQuery } from "./search-params";

/** When to poll an operation in this state again, ms; false: it is final. */
function rereadAfter(state: OperationState | undefined): number | false {
  if (state === "intent" || state === "sent") return 1_000;
  return state === "unknown" ? 2_000 : false;
}

export const operationQuery = (operationId: string) =>
  queryOptions({
    queryKey: [...queryKeys.operations, "one", operationId],
    queryFn: ({ signal }) => postJson<OperationDetail>("/api/operations/get", { operationId }, signal),
    refetchInterval: (query) => rereadAfter(query.state.data?.state),
    staleTime: 500,
  });

export const operationListQuery = (input: OperationQuery) =>
  queryOptions({
    queryKey: [...queryKeys.operations, "list", input],
    queryFn: ({ signal }) => postJson<OperationList>("/api/operations/list", input, signal),
    placeholderData: keepPreviousData,
    // A list with an unfinished operation changes by itself.
    refetchInterval: (query) =>
      query.state.data?.rows.some((row) => row.batch?.state === "generating" || rereadAfter(row.state) !== false)
        ? 3_000
        : 30_000,
    staleTime: 1_000,
  });
