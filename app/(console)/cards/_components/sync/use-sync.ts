import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { cardsExceptSync } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import type { SyncStatus } from "@/lib/cards";
import { requestSyncAction } from "../../actions";
import { syncStatusQuery } from "../../query-options";

/** A requested sync starts within seconds; stop waiting after this long. */
const WAIT_MS = 15_000;

/** The mirror's state, polled faster while a sync runs; when it ends, all card queries are read again. */
export function useSync(initial: SyncStatus) {
  const client = useQueryClient();
  const { sentence } = useErrorText();
  const { run } = useAction(requestSyncAction, { effect: "none" });
  const [asked, setAsked] = useState(false);
  const { data: sync = initial } = useQuery({
    ...syncStatusQuery,
    initialData: initial,
    refetchInterval: (query) => (query.state.data?.running || asked ? 1_000 : 15_000),
  });

  const ended = useRef(sync.lastPolledAt);
  useEffect(() => {
    if (ended.current === sync.lastPolledAt) return;
    ended.current = sync.lastPolledAt;
    setAsked(false);
    void client.invalidateQueries(cardsExceptSync);
  }, [client, sync.lastPolledAt]);

  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => setAsked(false), WAIT_MS);
    return () => clearTimeout(timer);
  }, [asked]);

  const start = async () => {
    setAsked(true);
    const result = await run({});
    if (result.ok) return;
    setAsked(false);
    void showToast("danger", sentence(result.error));
  };
  return { sync, syncing: sync.running !== null || asked, start };
}
