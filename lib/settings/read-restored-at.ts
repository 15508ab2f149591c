import "server-only";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { setting } from "@/lib/db/schema";

const restoredSchema = z.object({ restoredAt: z.coerce.date() });

/**
 * When this database was last filled from a backup; null if never. Of rows of before it is not known what came after them. A row
 * that can't be read counts as its last change: fail closed.
 */
export async function readRestoredAt(db: Pick<Tx, "select">): Promise<Date | null> {
  const [row] = await db.select().from(setting).where(eq(setting.key, "restored"));
  if (!row) return null;
  const parsed = restoredSchema.safeParse(row.value);
  return parsed.success ? parsed.data.restoredAt : row.updatedAt;
}
