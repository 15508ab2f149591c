import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CardList, type CardQuery, COUNTED } from "@/lib/cards/types";
import { cardListQuery } from "../../query-options";

/**
 * How many cards a search has. A page does not wait for a long count: up to 100,000 it is asked for afterwards by itself,
 * beyond that by `onCount`.
 */
export function useCardCount(query: CardQuery, list: CardList | undefined) {
  const stamp = JSON.stringify(query.filter);
  const [asked, setAsked] = useState<string | null>(null);
  const inexact = list !== undefined && !list.exact;
  const enabled = inexact && (asked === stamp || list.total < COUNTED);
  const whole = useQuery({
    ...cardListQuery({ ...query, page: 1, exact: true }),
    placeholderData: undefined,
    enabled,
  });
  const total = inexact ? (whole.data ?? list).total : (list?.total ?? 0);
  return {
    total,
    atLeast: inexact && whole.data === undefined,
    onCount: () => setAsked(stamp),
    counting: whole.isFetching,
  };
}
