import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { customerNote } from "@/lib/db/schema";
import type { addNoteSchema } from "../schemas";
import { whoIsCustomer } from "../who-is-customer";
import { sealNote } from "./sealed-note";

/**
 * Write something down about a customer, or about a card and whoever has it now. The text is stored sealed; the audit says
 * who added a note and about what, never what it says. Throws AppError "not_found" for ids no card has.
 */
export async function addNote({
  ctx,
  input: { about, text },
}: {
  ctx: Ctx;
  input: z.output<typeof addNoteSchema>;
}): Promise<{ noteId: string }> {
  const { id: authorId, name: authorName } = ctx.actor;
  if (!authorId) throw new AppError("forbidden");
  const { userId } = await whoIsCustomer(ctx, about);
  const cardId = "cardId" in about ? about.cardId : null;
  const id = randomUUID();
  const row = { id, cardId, userId, authorId, authorName, at: ctx.now(), sealed: sealNote(id, text) };
  await ctx.db.transaction(async (tx) => {
    await tx.insert(customerNote).values(row);
    const target = cardId
      ? { targetKind: "card", targetId: cardId }
      : { targetKind: "customer", targetId: userId ?? "" };
    await recordAudit(tx, ctx, {
      ...{ action: "note.added", ...target, detail: { noteId: id } },
      ...(cardId && { about: { cards: [cardId] } }),
    });
  });
  return { noteId: id };
}
