"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { UnknownCount } from "@/lib/operations";
import { postJson } from "@/lib/web/post-json";

/**
 * Keeps every screen true while outcomes are unknown: when their number changes, the sidebar counts anew and cards that
 * were held or set free are read again. Under "operations", so that a confirmation asks at once.
 */
export function UnknownOutcomePoller({ initial }: { initial: UnknownCount }) {
  const router = useRouter();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ["operations", "unknown"],
    queryFn: ({ signal }) => postJson<UnknownCount>("/api/operations/unknown", {}, signal),
    initialData: initial,
    refetchInterval: (query) => (query.state.data?.unknown ? 3_000 : 20_000),
  });
  const shown = useRef(initial.unknown);
  useEffect(() => {
    if (shown.current === data.unknown) return;
    shown.current = data.unknown;
    router.refresh();
    void client.invalidateQueries({ queryKey: ["cards"], predicate: ({ queryKey }) => queryKey[1] !== "sync" });
    void client.invalidateQueries({ queryKey: ["overview"] });
  }, [data.unknown, router, client]);
  return null;
}
