import "server-only";
import { z } from "zod";
import { pollUsage } from "@/lib/billing/poll-usage";
import { withLock } from "@/lib/db/with-lock";
import { defineJob } from "@/lib/queue/define-job";
import { isConfigured } from "@/lib/upstream/is-configured";

/** Sums Talk-Bot's usage by day and model. One run at a time, because a run replaces whole days. */
export const pollUsageJob = defineJob({
  name: "poll-usage",
  input: z.object({}),
  everySeconds: () => 600,
  concurrency: 1,
  handler: async ({ ctx }) => {
    if (isConfigured("talkbot")) await withLock("poll-usage", () => pollUsage({ ctx }));
  },
});
