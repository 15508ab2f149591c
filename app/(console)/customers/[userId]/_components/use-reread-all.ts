import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { rereadCardAction } from "@/app/(console)/cards/actions";
import { customersKey } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { serverNow } from "@/components/server-now";
import type { PublicError } from "@/lib/core/errors";
import type { Customer } from "@/lib/customers/types";

/** A younger reading counts as live when the page opens. */
const MAX_AGE_MS = 30_000;
/** So many are read when the page opens, and so many on request: each is a call of the upstream. */
const AT_ONCE = 5;
const MOST = 20;

export type RereadAll = {
  pending: boolean;
  error: PublicError | null;
  /** Undefined when the upstream is not configured. */
  start: (() => void) | undefined;
  /** So many of the cards are read. */
  most: number;
};

/** Reads a customer's cards from the upstream, one after the other: those with old readings when the page opens, all on request. */
export function useRereadAll(customer: Customer, live: boolean): RereadAll {
  const client = useQueryClient();
  const { run, error } = useAction(rereadCardAction, { effect: "none" });
  const [pending, setPending] = useState(false);

  const read = useCallback(
    async (ids: readonly string[]) => {
      if (ids.length === 0) return;
      setPending(true);
      for (const id of ids) {
        const result = await run({ id });
        // What failed once would most likely fail for each of them, and its reason is shown.
        if (!result.ok) break;
      }
      await client.invalidateQueries({ queryKey: customersKey });
      setPending(false);
    },
    [client, run],
  );

  const listed = customer.cards.filter(({ gone }) => !gone);
  const opened = useRef(false);
  useEffect(() => {
    if (!live || opened.current) return;
    opened.current = true;
    const old = listed.filter(({ readAt }) => serverNow().getTime() - Date.parse(readAt) > MAX_AGE_MS);
    void read(old.slice(0, AT_ONCE).map(({ id }) => id));
  }, [live, listed, read]);

  const start = () => void read(listed.slice(0, MOST).map(({ id }) => id));
  return { pending, error, start: live ? start : undefined, most: MOST };
}
