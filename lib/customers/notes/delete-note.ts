import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import { noteRefusal, recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { customerNote } from "@/lib/db/schema";
import type { deleteNoteSchema } from "../schemas";
import { mayDelete } from "./list-notes";

/**
 * Delete a note's text; that there was one, whose and who deleted it stays. By its author or an administrator. Throws AppError
 * "not_found", "forbidden", "conflict" if it is deleted already.
 */
export async function deleteNote({
  ctx,
  input: { noteId },
}: {
  ctx: Ctx;
  input: z.output<typeof deleteNoteSchema>;
}): Promise<null> {
  const [note] = await ctx.db.select().from(customerNote).where(eq(customerNote.id, noteId));
  if (!note) throw new AppError("not_found", "note_not_found");
  const target = note.cardId
    ? { targetKind: "card", targetId: note.cardId }
    : { targetKind: "customer", targetId: note.userId ?? "" };
  const detail = { noteId, author: note.authorName };
  if (!mayDelete(ctx, note)) {
    await noteRefusal({ ctx, entry: { action: "access.refused", ...target, outcome: "refused", detail } });
    throw new AppError("forbidden", "note_of_another");
  }
  await ctx.db.transaction(async (tx) => {
    const deleted = await tx
      .update(customerNote)
      .set({ sealed: null, deletedAt: ctx.now(), deletedByName: ctx.actor.name })
      .where(and(eq(customerNote.id, noteId), isNull(customerNote.deletedAt)))
      .returning({ id: customerNote.id });
    if (deleted.length === 0) throw new AppError("conflict", "note_deleted");
    await recordAudit(tx, ctx, { action: "note.deleted", ...target, detail });
  });
  return null;
}
