import "server-only";
import type { Job } from "@/lib/queue/define-job";
import { pollBillingJob } from "./poll-billing";
import { pollUsageJob } from "./poll-usage";
import { runBatchJob } from "./run-batch";
import { syncCardsJob } from "./sync-cards";

/** Every background job. One file a job; a job not listed here does not run. */
export const jobs: readonly Job[] = [pollBillingJob, pollUsageJob, syncCardsJob, runBatchJob];
