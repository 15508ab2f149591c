import "server-only";
import { pollUsage } from "@/lib/billing";
import { withLock } from "@/lib/db/with-lock";
import { pollUsageJob } from "@/lib/queue";
import { isConfigured } from "@/lib/upstream";
import { handleJob } from "./handle-job";

/** One run at a time, because a run replaces complete days. */
export const handlePollUsage = handleJob(pollUsageJob, {
  everySeconds: () => 600,
  concurrency: 1,
  handler: async ({ ctx }) => {
    if (isConfigured("talkbot")) await withLock("poll-usage", () => pollUsage({ ctx }));
  },
});
