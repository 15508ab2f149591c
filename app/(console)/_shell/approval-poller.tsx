"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useRefresh } from "@/components/navigation/use-refresh";
import type { WaitingCount } from "@/lib/approvals";
import { postJson } from "@/lib/web/post-json";

/** Polls how many approvals wait for the user; when it changes, the sidebar is read again. */
export function ApprovalPoller({ initial }: { initial: WaitingCount }) {
  const refresh = useRefresh();
  const { data } = useQuery({
    queryKey: [...queryKeys.approvals, "waiting"],
    queryFn: ({ signal }) => postJson<WaitingCount>("/api/approvals/waiting", {}, signal),
    initialData: initial,
    refetchInterval: 20_000,
  });
  const shown = useRef(initial.waiting);
  useEffect(() => {
    if (shown.current === data.waiting) return;
    shown.current = data.waiting;
    refresh();
  }, [data.waiting, refresh]);
  return null;
}
