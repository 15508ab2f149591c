import "server-only";
import { pollBilling } from "@/lib/billing";
import { env } from "@/lib/core/env";
import { pollBillingJob } from "@/lib/queue";
import { isConfigured } from "@/lib/upstream";
import { handleJob } from "./handle-job";

/** Keeps the balance in the header up to date. */
export const handlePollBilling = handleJob(pollBillingJob, {
  everySeconds: () => env().BILLING_INTERVAL_SECONDS,
  concurrency: 1,
  handler: async ({ ctx }) => {
    if (isConfigured("talkbot")) await pollBilling({ ctx });
  },
});
