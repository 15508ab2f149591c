import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { setting } from "@/lib/db/schema";
import { type WritesPaused, writesPausedSchema } from "./schemas";
import type { StoredSetting } from "./stored-settings";

export const WRITES_PAUSED = "writes_paused";

/** Incident mode, or null while writes are allowed. A row that can't be read still means paused: fail closed. */
export async function readWritesPaused(tx: Pick<Tx, "select">): Promise<WritesPaused | null> {
  const [row] = await tx.select().from(setting).where(eq(setting.key, WRITES_PAUSED));
  return row ? pausedOf(row) : null;
}

export function pausedOf(row: StoredSetting): WritesPaused {
  const parsed = writesPausedSchema.safeParse(row.value);
  return parsed.success ? parsed.data : { since: row.updatedAt.toISOString(), by: null, byName: "?", reason: "?" };
}
