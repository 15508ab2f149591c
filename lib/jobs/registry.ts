import "server-only";
import type { Job } from "./define-job";
import { pollBillingJob } from "./poll-billing";
import { pollUsageJob } from "./poll-usage";

/** Every background job. One file a job; a job not listed here does not run. */
export const jobs: readonly Job[] = [pollBillingJob, pollUsageJob];
