import "server-only";
import { sql } from "drizzle-orm";
import { type DiskSpace, readDiskSpace } from "@/lib/core/disk-space";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { readWritesPaused } from "./read-writes-paused";

/** Held shared by every transaction that starts a write, exclusively by the one that pauses or resumes writes. */
export const WRITES_LOCK = sql`hashtextextended('cardesk.writes', 0)`;

/**
 * Call inside the transaction that advances an operation (draft → intent, intent → sent). Throws AppError
 * "paused"/"writes_paused" with `by`, `since` (ISO) and `reason` in incident mode, "unavailable"/"disk_nearly_full" while an
 * outcome might find no room. The lock is held until the
 * transaction ends, so after a pause has committed no earlier transaction can still start a write.
 */
export async function assertWritesAllowed(
  tx: Pick<Tx, "select" | "execute">,
  disk: DiskSpace | null = readDiskSpace(),
): Promise<void> {
  if (disk?.short) throw new AppError("unavailable", "disk_nearly_full");
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${WRITES_LOCK})`);
  const paused = await readWritesPaused(tx);
  if (!paused) return;
  const { byName: by, since, reason } = paused;
  throw new AppError("paused", "writes_paused", { params: { by, since, reason } });
}
