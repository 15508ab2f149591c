import "server-only";
import type { Job } from "./define-job";

/** Every background job. One file a job; a job not listed here does not run. */
export const jobs: readonly Job[] = [];
