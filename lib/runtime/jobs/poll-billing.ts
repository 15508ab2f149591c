import "server-only";
import { z } from "zod";
import { pollBilling } from "@/lib/billing/poll-billing";
import { env } from "@/lib/core/env";
import { defineJob } from "@/lib/queue/define-job";
import { isConfigured } from "@/lib/upstream/is-configured";

/** Reads the Talk-Bot bill, so that the header shows what is left without anybody asking. */
export const pollBillingJob = defineJob({
  name: "poll-billing",
  input: z.object({}),
  everySeconds: () => env().BILLING_INTERVAL_SECONDS,
  concurrency: 1,
  handler: async ({ ctx }) => {
    if (isConfigured("talkbot")) await pollBilling({ ctx });
  },
});
