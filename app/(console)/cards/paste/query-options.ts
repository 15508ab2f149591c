import { queryOptions } from "@tanstack/react-query";
import type { FoundMany } from "@/lib/find/types";
import { postJson } from "@/lib/web/post-json";
import { queryKeys } from "../../query-keys";

/** Asked once for a text: each time is audited, and for support counts as searches. */
export const pasteQuery = (text: string, from: number) =>
  queryOptions({
    queryKey: [...queryKeys.paste, text, from],
    queryFn: ({ signal }) => postJson<FoundMany>("/api/find/many", { text, from }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });
