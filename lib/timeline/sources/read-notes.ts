import "server-only";
import { sql } from "drizzle-orm";
import { openNote } from "@/lib/customers";
import { isBefore, type Page, placeTime } from "../source";
import type { TimelineEntry } from "../types";

type Row = {
  id: string;
  at: string;
  card_id: string | null;
  author_name: string;
  sealed: Buffer | null;
  deleted_at: Date | null;
  deleted_by_name: string | null;
};

/**
 * Notes on the cards and on who has them now. What was written about a card's earlier holder stays with that customer; a note
 * that names no holder stays with the card.
 */
export async function readNotes({ ctx, cardIds, before, limit }: Page): Promise<TimelineEntry[]> {
  const cards = sql.param([...cardIds]);
  const columns = sql`id, at, card_id, author_name, sealed, deleted_at, deleted_by_name`;
  const isOlder = isBefore(before, "notes", { at: sql`customer_note.at`, id: sql`customer_note.id` });
  // As the index has it: without the words all would be read, and then sorted.
  const newest = sql`order by at desc nulls last, id desc limit ${limit}`;
  const { rows } = await ctx.db.execute<Row>(sql`
    select n.id, ${placeTime(sql`n.at`)} as at, n.card_id, n.author_name, n.sealed, n.deleted_at, n.deleted_by_name from (
      select found.* from unnest(${cards}::text[]) as c(id) cross join lateral (
        select ${columns} from customer_note where card_id = c.id and user_id is null and ${isOlder} ${newest}
      ) found
      union all
      select found.* from (
        select distinct user_id from card where id = any(${cards}::text[]) and user_id is not null
      ) as holder cross join lateral (
        select ${columns} from customer_note
        where user_id = holder.user_id and (card_id is null or card_id = any(${cards}::text[])) and ${isOlder} ${newest}
      ) found
    ) n order by n.at desc, n.id desc limit ${limit}`);
  return rows.map(({ id, at, card_id, author_name, sealed, deleted_at, deleted_by_name }) => ({
    ...{ source: "notes", at, id, cardId: card_id },
    event: {
      kind: "note",
      text: sealed && openNote(id, sealed),
      authorName: author_name,
      deleted:
        deleted_at && deleted_by_name ? { at: new Date(deleted_at).toISOString(), byName: deleted_by_name } : null,
    },
  }));
}
