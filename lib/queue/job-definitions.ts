import "server-only";
import { z } from "zod";
import { defineJob } from "./define-job";

/** Bring the mirror of the upstream's cards up to date: at start, on schedule, and when a user asks for it. */
export const syncCardsJob = defineJob({
  name: "sync-cards",
  input: z.object({ trigger: z.enum(["schedule", "manual", "start"]).default("schedule") }),
});

/** Have lists read from their indexes alone again, after a sync that changed much. */
export const vacuumMirrorJob = defineJob({ name: "vacuum-mirror", input: z.object({}) });

/** Generate the keys of one batch; without an id, of every generating batch. */
export const runBatchJob = defineJob({ name: "run-batch", input: z.object({ batchId: z.uuid().optional() }) });

/** Read what became of the keys we hold. */
export const scanKeysJob = defineJob({ name: "scan-keys", input: z.object({}) });

/** Delete drafts nobody confirmed, and sessions, readings and history of cards that are older than the setting says. */
export const pruneHistoryJob = defineJob({ name: "prune-history", input: z.object({}) });

/** Seal phones and codes that are of before sealing, and what is sealed again under the newest app key. */
export const resealKeysJob = defineJob({ name: "reseal-keys", input: z.object({}) });
/** Take refused sign-ins to the audit, one row a minute and name; delete what no longer slows anybody down. */
export const recordRefusalsJob = defineJob({ name: "record-refusals", input: z.object({}) });

/** Look whether people must be told something, and make the messages. */
export const checkAlertsJob = defineJob({ name: "check-alerts", input: z.object({}) });

/** Send the messages of alerts that are due. */
export const sendAlertsJob = defineJob({ name: "send-alerts", input: z.object({}) });

/** Read the Talk-Bot account. */
export const pollBillingJob = defineJob({ name: "poll-billing", input: z.object({}) });

/** Sum Talk-Bot's usage by day and model. */
export const pollUsageJob = defineJob({ name: "poll-usage", input: z.object({}) });
