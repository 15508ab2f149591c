import "server-only";
import { log } from "@/lib/core/log";
import { withLock } from "@/lib/db/with-lock";
import { resealKeys } from "@/lib/keys";
import { resealKeysJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

/** A rotation needs a restart, and a start enqueues this; the hourly run finds what another console sealed meanwhile. */
export const handleResealKeys = handleJob(resealKeysJob, {
  everySeconds: () => 3_600,
  concurrency: 1,
  handler: async ({ ctx, signal }) => {
    const done = await withLock("reseal-keys", () => resealKeys({ ctx, input: { signal } }));
    if (done?.value) log().info({ keys: done.value }, "stored keys sealed again under the newest app key");
  },
});
