import "server-only";
import { eq } from "drizzle-orm";
import { noteRefusal, recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { allows } from "@/lib/core/roles";
import { card } from "@/lib/db/schema";
import { withReveal } from "@/lib/limits";
import type { RevealInput } from "./schemas";

type Call = { ctx: Ctx; input: RevealInput };

/**
 * One card's phone or, from operator up, its code, unmasked. Returned only after the audit row is written, which counts
 * towards what the actor may reveal in an hour. Throws AppError "not_found", "forbidden" (a code, for support), "too_many".
 */
export async function revealCard(call: Call): Promise<{ value: string }> {
  await assertMayReveal(call);
  return reveal(call);
}

/** With phone and code anybody can use the card: support answers questions with the phone alone. */
async function assertMayReveal({ ctx, input: { id, field } }: Call): Promise<void> {
  if (field === "phone" || allows(ctx.actor.role, "operator")) return;
  const detail = { needed: "operator", had: ctx.actor.role, field };
  await noteRefusal({
    ctx,
    entry: { action: "access.refused", targetKind: "card", targetId: id, outcome: "refused", detail },
  });
  throw new AppError("forbidden", "code_needs_operator");
}

const reveal = ({ ctx, input: { id, field, purpose = "see" } }: Call): Promise<{ value: string }> =>
  withReveal(ctx, "card", async (tx) => {
    const [row] = await tx.select({ phone: card.phone, code: card.code }).from(card).where(eq(card.id, id));
    const value = row?.[field];
    if (!value) throw new AppError("not_found", "card_not_found");
    const about = { cards: [id], ...(field === "phone" ? { phones: [value] } : { codes: [value] }) };
    const detail = { field, purpose };
    await recordAudit(tx, ctx, { action: "card.revealed", targetKind: "card", targetId: id, detail, about });
    return { value };
  });
