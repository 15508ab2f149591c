import "server-only";
import { pruneAlerts } from "@/lib/alerts";
import { pruneHistory } from "@/lib/cards";
import { pruneAnswers, pruneDrafts, pruneReadings } from "@/lib/operations";
import { pruneHistoryJob } from "@/lib/queue";
import { pruneSessions } from "@/lib/users";
import { handleJob } from "./handle-job";

export const handlePruneHistory = handleJob(pruneHistoryJob, {
  everySeconds: () => 3_600,
  concurrency: 1,
  handler: async ({ ctx, signal }) => {
    for (const prune of [pruneHistory, pruneDrafts, pruneReadings, pruneAnswers, pruneSessions, pruneAlerts]) {
      if (signal.aborted) return;
      await prune({ ctx, input: { signal } });
    }
  },
});
