import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ApprovalDetail, ApprovalList } from "@/lib/approvals";
import { postJson } from "@/lib/web/post-json";
import { queryKeys } from "../query-keys";
import type { ApprovalQuery } from "./search-params";

export const approvalListQuery = (input: ApprovalQuery) =>
  queryOptions({
    queryKey: [...queryKeys.approvals, "list", input],
    queryFn: ({ signal }) => postJson<ApprovalList>("/api/approvals/list", input, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
    staleTime: 1_000,
  });

const isOpen = ({ state, operations }: ApprovalDetail) =>
  state === "pending" ||
  state === "approved" ||
  operations.some((row) => row.state === "intent" || row.state === "sent" || row.state === "unknown");

/** Somebody else decides on it or sends it, and outcomes are found out: it is polled until nothing can change any more. */
export const approvalQuery = (approvalId: string) =>
  queryOptions({
    queryKey: [...queryKeys.approvals, "one", approvalId],
    queryFn: ({ signal }) => postJson<ApprovalDetail>("/api/approvals/get", { approvalId }, signal),
    refetchInterval: ({ state: { data } }) => (data && isOpen(data) ? 5_000 : false),
    staleTime: 500,
  });
