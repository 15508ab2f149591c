import "server-only";
import type { Ctx } from "@/lib/context";
import { enqueue, syncCardsJob } from "@/lib/queue";
import { isConfigured, UpstreamError } from "@/lib/upstream";
import { readSyncStatus, type SyncStatus } from "./read-sync-status";

/** Request a sync; one that is running already will do. Throws UpstreamError "not_configured" without a key. */
export async function requestSync({ ctx }: { ctx: Ctx }): Promise<SyncStatus> {
  if (!isConfigured("espai")) throw new UpstreamError("espai", "not_configured");
  const status = await readSyncStatus({ ctx });
  if (status.running) return status;
  await enqueue(syncCardsJob, { trigger: "manual" }, "manual");
  return status;
}
