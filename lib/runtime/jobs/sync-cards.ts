import "server-only";
import { fillNameTerms, syncCards } from "@/lib/cards";
import { env } from "@/lib/core/env";
import { enqueue, syncCardsJob, vacuumMirrorJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

/** The vacuum is a job of its own: neither the next sync nor a stop waits for it. */
export const handleSyncCards = handleJob(syncCardsJob, {
  everySeconds: () => env().SYNC_INTERVAL_SECONDS,
  concurrency: 1,
  handler: async ({ ctx, input, signal }) => {
    const { state } = await syncCards({ ctx, input: { trigger: input.trigger, signal } });
    // Also after one that failed: its pages stay. A vacuum of nothing much is none.
    if (state === "done" || state === "failed") await enqueue(vacuumMirrorJob, {}, "synced");
    await fillNameTerms({ ctx, input: { signal } });
  },
});
