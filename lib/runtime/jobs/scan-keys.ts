import "server-only";
import { scanKeys } from "@/lib/keys";
import { scanKeysJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

/** What became of the keys we hold; the verb keeps its own count of calls a minute. */
export const handleScanKeys = handleJob(scanKeysJob, {
  everySeconds: () => 60,
  concurrency: 1,
  handler: async ({ ctx }) => {
    await scanKeys({ ctx });
  },
});
