import "server-only";
import { findGenerating, recoverMissingKeys, resumeAfterOutage, runBatch } from "@/lib/keys";
import { enqueue, runBatchJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

/**
 * Without an id it enqueues every generating batch, so that one whose process was killed continues within seconds. One
 * batch per key type can generate; the two extra slots are for this sweep.
 */
export const handleRunBatch = handleJob(runBatchJob, {
  everySeconds: () => 5,
  concurrency: 8,
  handler: async ({ ctx, input: { batchId }, signal }) => {
    if (batchId) return runBatch({ ctx, batchId, signal });
    for (const id of await findGenerating({ ctx })) await enqueue(runBatchJob, { batchId: id }, id);
    await recoverMissingKeys({ ctx });
    await resumeAfterOutage({ ctx });
  },
});
