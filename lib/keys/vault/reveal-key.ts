import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { cardKey } from "@/lib/db/schema";
import { withReveal } from "@/lib/limits";
import type { revealKeySchema } from "../schemas";
import { decryptKey } from "./encrypt-key";

/**
 * Show or copy one key; audited before it is shown, and counted with the phones and codes that the actor revealed in the
 * hour. Throws AppError not_found, key_unreadable, too_many.
 */
export async function revealKey({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof revealKeySchema>;
}): Promise<{ key: string }> {
  return withReveal(ctx, "key", async (tx) => {
    const [row] = await tx.select().from(cardKey).where(eq(cardKey.id, input.keyId));
    if (!row) throw new AppError("not_found");
    const key = decryptKey(row.cipher, row.id);
    await recordAudit(tx, ctx, {
      action: input.purpose === "copy" ? "card_key.copied" : "card_key.revealed",
      targetKind: "key",
      targetId: row.id,
      detail: { batchId: row.batchId, last4: row.last4 },
    });
    return { key };
  });
}
