/**
 * Background jobs by name: define and enqueue. Their handlers are in lib/runtime/jobs. Server entry; the browser uses
 * types.ts and schemas.ts.
 */
import "server-only";

export type { JobDefinition } from "./define-job";
export { enqueue, setBoss, tick } from "./enqueue";
export {
  checkAlertsJob,
  pollBillingJob,
  pollUsageJob,
  pruneHistoryJob,
  recordRefusalsJob,
  resealKeysJob,
  runBatchJob,
  scanKeysJob,
  sendAlertsJob,
  syncCardsJob,
  vacuumMirrorJob,
} from "./job-definitions";
