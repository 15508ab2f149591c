import "server-only";
import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { card } from "@/lib/db/schema";
import type { RevealInput } from "./schemas";

/** One card's phone or code, unmasked. Returned only after the audit row is written. Throws AppError "not_found". */
export async function revealCard({
  ctx,
  input: { id, field },
}: {
  ctx: Ctx;
  input: RevealInput;
}): Promise<{ value: string }> {
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx.select({ phone: card.phone, code: card.code }).from(card).where(eq(card.id, id));
    const value = row?.[field];
    if (!value) throw new AppError("not_found", "card_not_found");
    const about = { cards: [id], ...(field === "phone" ? { phones: [value] } : { codes: [value] }) };
    await recordAudit(tx, ctx, { action: "card.revealed", targetKind: "card", targetId: id, detail: { field }, about });
    return { value };
  });
}
