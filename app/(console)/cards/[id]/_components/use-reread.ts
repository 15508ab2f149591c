import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
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
  const [state, setState] = useState<Omit<Reread, "start">>({ pending: false, error: null, unlisted: false });
  const { id } = card;

  const start = useCallback(async () => {
    setState((before) => ({ ...before, pending: true, error: null }));
    const result = await rereadCardAction({ id }).catch(() => null);
    if (result?.ok) {
      client.setQueryData(cardQuery(id).queryKey, result.data.card);
      return setState({ pending: false, error: null, unlisted: !result.data.listed });
    }
    const error = result?.error ?? ({ code: "unavailable", key: "no_connection" } as const);
    setState({ pending: false, error, unlisted: false });
  }, [client, id]);

  const opened = useRef<string>(undefined);
  useEffect(() => {
    if (!live || card.gone || opened.current === id) return;
    opened.current = id;
    if (Date.now() - Date.parse(card.readAt) > MAX_AGE_MS) void start();
  }, [live, card.gone, card.readAt, id, start]);

  return { ...state, start: live ? start : undefined };
}
