import "server-only";
import { sealStoredEvents } from "@/lib/cards";
import { log } from "@/lib/core/log";
import { withLock } from "@/lib/db/with-lock";
import { resealKeys } from "@/lib/keys";
import { sealStoredOperations } from "@/lib/operations";
import { resealKeysJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

/** Seals what is of before sealing, and after a rotation everything again. A rotation needs a restart, and a start enqueues this; the hourly run finds what another console sealed meanwhile. */
export const handleResealKeys = handleJob(resealKeysJob, {
  everySeconds: () => 3_600,
  concurrency: 1,
  handler: async ({ ctx, signal }) => {
    await withLock("reseal-keys", async () => {
      const operations = await sealStoredOperations({ ctx, input: { signal } });
      const events = await sealStoredEvents({ ctx, input: { signal } });
      if (operations + events > 0) log().info({ operations, events }, "phones and codes of before sealing are sealed");
      const keys = await resealKeys({ ctx, input: { signal } });
      if (keys > 0) log().info({ keys }, "what is stored sealed is sealed again under the newest app key");
    });
  },
});
