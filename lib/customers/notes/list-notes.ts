import "server-only";
import { and, desc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { allows } from "@/lib/core/roles";
import { customerNote } from "@/lib/db/schema";
import type { NoteView } from "../types";
import { ownCardIds, type Who } from "../who-is-customer";
import { openNote } from "./sealed-note";

const SHOWN = 100;

/**
 * The latest notes about a customer and their cards, newest first. Of a card that somebody else had before, only notes that
 * name no holder: those are about the card.
 */
export async function listNotes(ctx: Ctx, who: Who): Promise<NoteView[]> {
  const rows = await ctx.db
    .select()
    .from(customerNote)
    .where(aboutThem(who))
    .orderBy(desc(customerNote.at), customerNote.id)
    .limit(SHOWN);
  return rows.map((row) => ({
    id: row.id,
    cardId: row.cardId,
    text: row.sealed && openNote(row.id, row.sealed),
    authorName: row.authorName,
    at: row.at.toISOString(),
    deleted: row.deletedAt && row.deletedByName ? { at: row.deletedAt.toISOString(), byName: row.deletedByName } : null,
    mayDelete: !row.deletedAt && mayDelete(ctx, row),
  }));
}

/** Authors delete their own, administrators any. */
export const mayDelete = ({ actor }: Pick<Ctx, "actor">, { authorId }: { authorId: string }): boolean =>
  authorId === actor.id || allows(actor.role, "admin");

function aboutThem(who: Who): SQL | undefined {
  const aboutCards = and(inArray(customerNote.cardId, sql`${ownCardIds(who)}`), isNull(customerNote.userId));
  return who.userId ? or(eq(customerNote.userId, who.userId), aboutCards) : aboutCards;
}
