import "server-only";
import { findGenerating, recoverMissingKeys, runBatch } from "@/lib/keys";
import { enqueue, runBatchJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

/**
 * Without an id it is the sweep that nudges every generating batch, so that one whose process was killed goes on within
 * seconds. One batch per key type can generate; two more places keep the sweep from starving.
 */
export const handleRunBatch = handleJob(runBatchJob, {
  everySeconds: () => 5,
  concurrency: 8,
  handler: async ({ ctx, input: { batchId }, signal }) => {
    if (batchId) return runBatch({ ctx, batchId, signal });
    for (const id of await findGenerating({ ctx })) await enqueue(runBatchJob, { batchId: id }, id);
    await recoverMissingKeys({ ctx });
  },
});
