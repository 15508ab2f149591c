import "server-only";
import { randomUUID } from "node:crypto";
import { and, count, eq, gt, sql } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { lockInTransaction } from "@/lib/db/lock-in-transaction";
import { customerNote } from "@/lib/db/schema";
import { assertHasRole } from "@/lib/users";
import type { addNoteSchema } from "../schemas";
import { MAX_NOTES_A_DAY, MAX_NOTES_ABOUT_ONE } from "../types";
import { whoIsCustomer } from "../who-is-customer";
import { sealNote } from "./sealed-note";

const DAY_MS = 24 * 3_600_000;

/**
 * Write something down about a customer, or about a card and whoever has it now. The text is stored sealed; the audit says
 * who added a note and about what, never what it says. Throws AppError "not_found" for ids no card has, "too_many" above
 * {@link MAX_NOTES_ABOUT_ONE} and {@link MAX_NOTES_A_DAY}.
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
    await assertHasRole(tx, ctx.actor, "support");
    await assertRoom(tx, row);
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

type Row = Pick<typeof customerNote.$inferInsert, "authorId" | "userId" | "cardId" | "at">;

/** Deleted ones count too. Of two at once the second counts the first. */
async function assertRoom(tx: Tx, { authorId, userId, cardId, at }: Row): Promise<void> {
  await lockInTransaction(tx, `cardesk.notes.${authorId}`);
  const aboutOne = userId ? eq(customerNote.userId, userId) : eq(customerNote.cardId, cardId ?? "");
  const [own] = await tx
    .select({ all: count(), aboutOne: sql<number>`count(*) filter (where ${aboutOne})::int` })
    .from(customerNote)
    .where(and(eq(customerNote.authorId, authorId), gt(customerNote.at, new Date(at.getTime() - DAY_MS))));
  const limit = own && own.aboutOne >= MAX_NOTES_ABOUT_ONE ? MAX_NOTES_ABOUT_ONE : MAX_NOTES_A_DAY;
  if (own && (own.all >= limit || own.aboutOne >= limit))
    throw new AppError("too_many", "too_many_notes", { params: { limit } });
}
