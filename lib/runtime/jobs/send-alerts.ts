import "server-only";
import { sendAlerts } from "@/lib/alerts";
import { sendAlertsJob } from "@/lib/queue";
import { handleJob } from "./handle-job";

export const handleSendAlerts = handleJob(sendAlertsJob, {
  everySeconds: () => 30,
  concurrency: 1,
  handler: async ({ ctx, signal }) => {
    await sendAlerts({ ctx, input: { signal } });
  },
});
