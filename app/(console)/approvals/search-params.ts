import { createLoader, parseAsInteger, parseAsNumberLiteral, parseAsStringLiteral } from "nuqs/server";
import { APPROVAL_STATES } from "@/lib/approvals/types";
import { MAX_PAGE, PAGE_SIZES } from "@/lib/core/paging";

/** The approval table's URL parameters. */
export const approvalParams = {
  state: parseAsStringLiteral(APPROVAL_STATES),
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(20),
};

export const loadApprovalParams = createLoader(approvalParams);
export type ApprovalParams = Awaited<ReturnType<typeof loadApprovalParams>>;

/** The list verb's input; equal on the server and in the browser, so that the first rows are found in the cache. */
export const approvalQueryOf = (params: ApprovalParams) => ({
  state: params.state,
  page: Math.min(Math.max(1, params.page), MAX_PAGE),
  size: params.size,
});

export type ApprovalQuery = ReturnType<typeof approvalQueryOf>;
