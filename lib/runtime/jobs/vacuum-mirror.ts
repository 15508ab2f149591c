import "server-only";
import { vacuumMirror } from "@/lib/cards";
import { vacuumMirrorJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

/** No schedule of its own: what no sync changed is autovacuum's. */
export const handleVacuumMirror = handleJob(vacuumMirrorJob, {
  concurrency: 1,
  handler: async ({ ctx, signal }) => {
    await vacuumMirror({ ctx, input: { signal } });
  },
});
