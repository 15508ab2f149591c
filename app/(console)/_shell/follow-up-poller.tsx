"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useRefresh } from "@/components/navigation/use-refresh";
import type { DueCount } from "@/lib/follow-ups/types";
import { postJson } from "@/lib/web/post-json";

/** Polls how many of the user's follow-ups are due; when it changes, the sidebar is read again. */
export function FollowUpPoller({ initial }: { initial: DueCount }) {
  const refresh = useRefresh();
  const { data } = useQuery({
    queryKey: [...queryKeys.followUps, "due"],
    queryFn: ({ signal }) => postJson<DueCount>("/api/follow-ups/due", {}, signal),
    initialData: initial,
    refetchInterval: 20_000,
  });
  const shown = useRef(initial.due);
  useEffect(() => {
    if (shown.current === data.due) return;
    shown.current = data.due;
    refresh();
  }, [data.due, refresh]);
  return null;
}
