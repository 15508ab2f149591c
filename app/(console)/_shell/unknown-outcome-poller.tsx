"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { cardsExceptSync, queryKeys } from "@/app/(console)/query-keys";
import { useRefresh } from "@/components/navigation/use-refresh";
import type { UnknownCount } from "@/lib/operations";
import { postJson } from "@/lib/web/post-json";

/**
 * Polls the number of unknown outcomes. When it changes, the sidebar, the cards (their locks may have changed) and the
 * overview are read again.
 */
export function UnknownOutcomePoller({ initial }: { initial: UnknownCount }) {
  const refresh = useRefresh();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: [...queryKeys.operations, "unknown"],
    queryFn: ({ signal }) => postJson<UnknownCount>("/api/operations/unknown", {}, signal),
    initialData: initial,
    refetchInterval: (query) => (query.state.data?.unknown ? 3_000 : 20_000),
  });
  const shown = useRef(initial.unknown);
  useEffect(() => {
    if (shown.current === data.unknown) return;
    shown.current = data.unknown;
    refresh();
    void client.invalidateQueries(cardsExceptSync);
    void client.invalidateQueries({ queryKey: queryKeys.overview });
  }, [data.unknown, refresh, client]);
  return null;
}
