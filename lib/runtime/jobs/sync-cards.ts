import "server-only";
import { fillNameTerms, syncCards } from "@/lib/cards";
import { env } from "@/lib/core/env";
import { syncCardsJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

export const handleSyncCards = handleJob(syncCardsJob, {
  everySeconds: () => env().SYNC_INTERVAL_SECONDS,
  concurrency: 1,
  handler: async ({ ctx, input, signal }) => {
    await syncCards({ ctx, input: { trigger: input.trigger, signal } });
    await fillNameTerms({ ctx, input: { signal } });
  },
});
