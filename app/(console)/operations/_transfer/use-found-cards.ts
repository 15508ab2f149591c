import { useQuery } from "@tanstack/react-query";
import { queryKeys } from "@/app/(console)/query-keys";
import { forgetAfter } from "@/components/forget-after";
import { useRested } from "@/components/use-rested";
import { type FoundCards, MAX_FIND_TEXT } from "@/lib/cards/types";
import type { PublicError } from "@/lib/core/errors";
import { postJson, publicErrorOf } from "@/lib/web/post-json";

type Found = {
  /** Undefined until this very text has been looked up. */
  found: FoundCards | undefined;
  searching: boolean;
  error: PublicError | null;
  again: () => void;
};

/** Cards that the text may mean, looked up when typing pauses; what is overtaken is aborted. The text is in no URL. */
export function useFoundCards(text: string): Found {
  const wanted = text.trim();
  const { rested } = useRested(wanted);
  const current = rested === wanted && wanted !== "" && wanted.length <= MAX_FIND_TEXT;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [...queryKeys.cards, "find", rested],
    queryFn: ({ signal }) => postJson<FoundCards>("/api/cards/find", { text: rested }, signal),
    enabled: current,
    staleTime: 10_000,
    gcTime: forgetAfter(30_000),
  });
  return {
    found: current ? data : undefined,
    searching: wanted !== "" && (isFetching || rested !== wanted),
    error: current && error ? publicErrorOf(error) : null,
    again: () => void refetch(),
  };
}
