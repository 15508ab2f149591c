import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { contains } from "@/lib/db/like-pattern";
import { uuidOfHex, uuidsFrom } from "@/lib/format/uuid-of-hex";
import type { BatchState, FoundBatches } from "../types";

const SHOWN = 5;
/** Shorter, a note has it too often to mean anything. */
const MIN_NOTE = 2;

type Row = {
  id: string;
  key_type: number;
  wanted: number;
  note: string;
  state: BatchState;
  rank: number;
  total: string;
};

/** Batches by id, by the first hex digits of one, or by a part of the note: exact ones first, then the newest. */
export async function findBatches({
  ctx,
  input: { ids, starts, note },
}: {
  ctx: Ctx;
  input: { ids: readonly string[]; starts: readonly string[]; note: string };
}): Promise<FoundBatches> {
  const ways: SQL[] = [
    ...(ids.length > 0
      ? [sql`select id, 0 as rank from batch where id = any(${sql.param(ids.map(uuidOfHex))}::uuid[])`]
      : []),
    ...starts
      .map(uuidsFrom)
      .map(({ first, last }) => sql`select id, 1 as rank from batch where id between ${first} and ${last}`),
    ...(note.length >= MIN_NOTE ? [sql`select id, 2 as rank from batch where note ilike ${contains(note)}`] : []),
  ];
  if (ways.length === 0) return { rows: [], total: 0, byNote: false };
  const { rows } = await ctx.db.execute<Row>(sql`
    with hits as materialized (${sql.join(ways, sql` union all `)})
    select b.id, b.key_type, b.wanted, b.note, b.state, min(hits.rank) as rank, count(*) over () as total
    from hits join batch b on b.id = hits.id group by b.id order by rank, b.created_at desc, b.id limit ${SHOWN}`);
  return {
    rows: rows.map(({ id, key_type, wanted, note, state }) => ({ id, keyType: key_type, wanted, note, state })),
    total: Number(rows[0]?.total ?? 0),
    byNote: rows.length > 0 && rows.every(({ rank }) => rank === 2),
  };
}
