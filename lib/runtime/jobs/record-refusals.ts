import "server-only";
import { recordRefusals } from "@/lib/audit";
import { recordRefusalsJob } from "@/lib/queue";
import { pruneAttempts } from "@/lib/users";
import { handleJob } from "./handle-job";

export const handleRecordRefusals = handleJob(recordRefusalsJob, {
  everySeconds: () => 60,
  concurrency: 1,
  handler: async ({ ctx }) => {
    await recordRefusals({ ctx });
    await pruneAttempts({ ctx });
  },
});
