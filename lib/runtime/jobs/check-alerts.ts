import "server-only";
import { checkAlerts } from "@/lib/alerts";
import { checkAlertsJob, enqueue, sendAlertsJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

/** A message that was made is sent at once; should that be lost, the sending's own schedule finds it. */
export const handleCheckAlerts = handleJob(checkAlertsJob, {
  everySeconds: () => 60,
  concurrency: 1,
  handler: async ({ ctx }) => {
    if ((await checkAlerts({ ctx })) > 0) await enqueue(sendAlertsJob, {}, "made");
  },
});
