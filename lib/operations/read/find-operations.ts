import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { contains } from "@/lib/db/like-pattern";
import { uuidOfHex, uuidsFrom } from "@/lib/format/uuid-of-hex";
import type { FoundOperations } from "../found-operations";
import type { OperationKind, OperationState } from "../operation";

const SHOWN = 5;
/** Trigrams need three characters. */
const MIN_PART = 3;

type Row = {
  id: string;
  kind: OperationKind;
  state: OperationState;
  actor_name: string;
  created_at: Date;
  reference: string | null;
  rank: number;
  total: string;
};

/** Operations by id, by the first hex digits of one, or by ticket number: exact ones first, then the newest. Never drafts. */
export async function findOperations({
  ctx,
  input: { ids, starts, references },
}: {
  ctx: Ctx;
  input: { ids: readonly string[]; starts: readonly string[]; references: readonly string[] };
}): Promise<FoundOperations> {
  const ways: SQL[] = [
    ...(ids.length > 0
      ? [sql`select id, 0 as rank from operation where id = any(${sql.param(ids.map(uuidOfHex))}::uuid[])`]
      : []),
    ...references.map((text) => sql`select id, 1 as rank from operation where lower(reference) = lower(${text})`),
    ...starts
      .map(uuidsFrom)
      .map(({ first, last }) => sql`select id, 2 as rank from operation where id between ${first} and ${last}`),
    ...references
      .filter((text) => text.length >= MIN_PART)
      .map((text) => sql`select id, 3 as rank from operation where reference ilike ${contains(text)}`),
  ];
  if (ways.length === 0) return { rows: [], total: 0, byReference: false };
  const { rows } = await ctx.db.execute<Row>(sql`
    with hits as materialized (${sql.join(ways, sql` union all `)})
    select o.id, o.kind, o.state, o.actor_name, o.created_at, o.reference, min(hits.rank) as rank, count(*) over () as total
    from hits join operation o on o.id = hits.id where o.state <> 'draft'
    group by o.id order by rank, o.created_at desc, o.id limit ${SHOWN}`);
  return {
    rows: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      state: row.state,
      actorName: row.actor_name,
      createdAt: new Date(row.created_at).toISOString(),
      reference: row.reference,
    })),
    total: Number(rows[0]?.total ?? 0),
    byReference: rows.length > 0 && rows.every(({ rank }) => rank === 1 || rank === 3),
  };
}
