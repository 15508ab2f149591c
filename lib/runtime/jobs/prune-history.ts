import "server-only";
import { pruneHistory } from "@/lib/cards";
import { pruneHistoryJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

export const handlePruneHistory = handleJob(pruneHistoryJob, {
  everySeconds: () => 3_600,
  concurrency: 1,
  handler: async ({ ctx, signal }) => {
    await pruneHistory({ ctx, input: { signal } });
  },
});
