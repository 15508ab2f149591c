import "server-only";
import { z } from "zod";
import { syncCards } from "@/lib/cards/mirror/sync-cards";
import { env } from "@/lib/core/env";
import { defineJob } from "@/lib/queue/define-job";

/** Bring the mirror of the upstream's cards up to date: at start, on schedule, and when somebody presses refresh. */
export const syncCardsJob = defineJob({
  name: "sync-cards",
  input: z.object({ trigger: z.enum(["schedule", "manual", "start"]).default("schedule") }),
  everySeconds: () => env().SYNC_INTERVAL_SECONDS,
  concurrency: 1,
  handler: async ({ ctx, input, signal }) => {
    await syncCards({ ctx, input: { trigger: input.trigger, signal } });
  },
});
