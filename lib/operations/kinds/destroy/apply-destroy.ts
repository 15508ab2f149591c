import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { card } from "@/lib/db/schema";
import type { DestroyParams } from "../../operation";

/** Let the mirror show that a card is gone, as of `at`. */
export async function applyDestroy(tx: Tx, params: DestroyParams, at: Date): Promise<void> {
  await tx.update(card).set({ goneAt: at }).where(eq(card.id, params.card.id));
}
