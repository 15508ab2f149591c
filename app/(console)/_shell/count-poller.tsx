"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useRefresh } from "@/components/navigation/use-refresh";
import { postJson } from "@/lib/web/post-json";

/** What waits for the user: one number by its name. */
type Count = Record<string, number>;

type Props = {
  /** Where its query is among those it is invalidated with. */
  queryKey: readonly string[];
  path: `/api/${string}`;
  initial: Count;
};

/** Polls a number of the sidebar (approvals that wait, follow-ups that are due); when it changes, the sidebar is read again. */
export function CountPoller({ queryKey, path, initial }: Props) {
  const refresh = useRefresh();
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => postJson<Count>(path, {}, signal),
    initialData: initial,
    refetchInterval: 20_000,
  });
  const text = JSON.stringify(data);
  const shown = useRef(text);
  useEffect(() => {
    if (shown.current === text) return;
    shown.current = text;
    refresh();
  }, [text, refresh]);
  return null;
}
