import { createLoader, parseAsInteger, parseAsNumberLiteral, parseAsStringLiteral } from "nuqs/server";
import type { FollowUpQuery } from "@/app/(console)/_follow-ups/query-options";
import { MAX_PAGE, PAGE_SIZES } from "@/lib/core/paging";
import { FOLLOW_UP_STATES, FOLLOW_UP_WHOSE } from "@/lib/follow-ups/types";

/** The URL parameters of the list of follow-ups. */
export const followUpParams = {
  whose: parseAsStringLiteral(FOLLOW_UP_WHOSE).withDefault("all"),
  state: parseAsStringLiteral(FOLLOW_UP_STATES).withDefault("open"),
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(50),
};

export const loadFollowUpParams = createLoader(followUpParams);
export type FollowUpParams = Awaited<ReturnType<typeof loadFollowUpParams>>;

/** The list verb's input; equal on the server and in the browser, so that the first rows are found in the cache. */
export const followUpQueryOf = ({ whose, state, page, size }: FollowUpParams): FollowUpQuery => ({
  ...{ whose, state, cardIds: [], size },
  page: Math.min(Math.max(1, page), MAX_PAGE),
});
