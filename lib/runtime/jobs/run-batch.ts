import "server-only";
import { runBatch } from "@/lib/keys/generation/run-batch";
import { findGenerating, recoverMissingKeys } from "@/lib/keys/generation/sweep-batches";
import { enqueue } from "@/lib/queue/enqueue";
import { runBatchJob } from "@/lib/queue/job-definitions";
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
