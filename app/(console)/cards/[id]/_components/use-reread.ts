import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { customersKey, historyKey, queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { serverNow } from "@/components/server-now";
import type { CardDetail } from "@/lib/cards/types";
import type { PublicError } from "@/lib/core/errors";
import { rereadCardAction } from "../../actions";
import { cardQuery } from "../../query-options";

/** A younger reading counts as live when the page opens. */
const MAX_AGE_MS = 30_000;

export type Reread = {
  pending: boolean;
  error: PublicError | null;
  /** The last live reading did not list the card. */
  unlisted: boolean;
  /** Undefined when the upstream is not configured. */
  start: (() => void) | undefined;
};

/** Reads the card from the upstream: once if the page opens with an old reading, and on request. */
export function useReread(card: CardDetail, live: boolean): Reread {
  const client = useQueryClient();
  const { run, pending, error } = useAction(rereadCardAction, { effect: "none" });
  const [unlisted, setUnlisted] = useState(false);
  const { id } = card;

  const start = useCallback(async () => {
    const result = await run({ id });
    setUnlisted(result.ok && !result.data.listed);
    if (result.ok) {
      client.setQueryData(cardQuery(id).queryKey, result.data.card);
      void client.invalidateQueries({ queryKey: customersKey });
    }
    void client.invalidateQueries({ queryKey: historyKey });
    // What was answered or not just now is newer than the notice.
    void client.invalidateQueries({ queryKey: queryKeys.upstreams });
  }, [client, id, run]);

  const opened = useRef<string>(undefined);
  useEffect(() => {
    if (!live || card.gone || opened.current === id) return;
    opened.current = id;
    if (serverNow().getTime() - Date.parse(card.readAt) > MAX_AGE_MS) void start();
  }, [live, card.gone, card.readAt, id, start]);

  return { pending, error, unlisted, start: live ? start : undefined };
}
