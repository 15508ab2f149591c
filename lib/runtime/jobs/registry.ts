import "server-only";
import { handleCheckAlerts } from "./check-alerts";
import type { Job } from "./handle-job";
import { handlePollBilling } from "./poll-billing";
import { handlePollUsage } from "./poll-usage";
import { handlePruneHistory } from "./prune-history";
import { handleRecordRefusals } from "./record-refusals";
import { handleResealKeys } from "./reseal-keys";
import { handleRunBatch } from "./run-batch";
import { handleScanKeys } from "./scan-keys";
import { handleSendAlerts } from "./send-alerts";
import { handleSyncCards } from "./sync-cards";
import { handleVacuumMirror } from "./vacuum-mirror";

/** Every background job, one file each; a job that is not listed here does not run. */
export const jobs: readonly Job[] = [
  handlePollBilling,
  handlePollUsage,
  handleSyncCards,
  handleVacuumMirror,
  handleRunBatch,
  handleScanKeys,
  handlePruneHistory,
  handleResealKeys,
  handleRecordRefusals,
  handleCheckAlerts,
  handleSendAlerts,
];
