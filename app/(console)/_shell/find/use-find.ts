import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { forgetAfter } from "@/components/forget-after";
import { useRested } from "@/components/use-rested";
import { MAX_FIND_TEXT } from "@/lib/cards/types";
import type { PublicError } from "@/lib/core/errors";
import type { Found } from "@/lib/find/types";
import { postJson, publicErrorOf } from "@/lib/web/post-json";

export type Find = {
  text: string;
  /** What is looked up: the text as it was pasted, with its lines. */
  wanted: string;
  found: Found | undefined;
  searching: boolean;
  error: PublicError | null;
  /** How long the text is, if that is more than can be looked up. */
  tooLong: number | null;
};

const findQuery = (text: string) => ({
  queryKey: [...queryKeys.cards, "find-all", text],
  queryFn: ({ signal }: { signal: AbortSignal }) => postJson<Found>("/api/find", { text }, signal),
  staleTime: 10_000,
  gcTime: forgetAfter(30_000),
});

/**
 * Searches when typing pauses and no input method composes; what is overtaken is aborted, and an answer is shown for the text
 * it was asked for only. The text is posted, never put into a URL.
 */
export function useFind() {
  const client = useQueryClient();
  const [{ text, pasted }, setBoth] = useState({ text: "", pasted: "" });
  const [composing, setComposing] = useState(false);
  const wanted = pasted.trim();
  const fits = wanted.length <= MAX_FIND_TEXT;

  const { rested, rest } = useRested(wanted, composing);
  const current = rested === wanted && wanted !== "" && fits;
  // Left with the first keystroke that overtakes it, which cancels its request.
  const { data, error, isFetching } = useQuery({ ...findQuery(current ? rested : ""), enabled: current });
  return {
    text,
    wanted,
    /** `pasted`: with the line breaks that the box can't hold. */
    setText: (typed: string, pasted = typed) => setBoth({ text: typed, pasted }),
    setComposing,
    found: current ? data : undefined,
    searching: wanted !== "" && fits && (isFetching || (!current && !composing)),
    error: current && error ? publicErrorOf(error) : null,
    tooLong: fits ? null : wanted.length,
    /** Search at once, for Enter; undefined if that failed (the error is shown under the box). */
    now: async (): Promise<Found | undefined> => {
      if (wanted === "" || !fits) return undefined;
      rest(wanted);
      return client.fetchQuery(findQuery(wanted)).catch(() => undefined);
    },
  };
}
