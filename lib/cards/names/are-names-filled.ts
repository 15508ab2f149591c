import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { setting } from "@/lib/db/schema";

/** The setting that says that every nickname of before has its terms; new ones get theirs as they are mirrored. */
export const NAMES_FILLED = "card_names_filled";

/** Whether `card_name` has every nickname. Until the first sync after an upgrade the cards themselves must be searched. */
export async function areNamesFilled(db: Tx): Promise<boolean> {
  const rows = await db.select({ key: setting.key }).from(setting).where(eq(setting.key, NAMES_FILLED));
  return rows.length > 0;
}
