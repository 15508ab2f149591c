import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ChunkGroup, Progress } from "./count-progress";
import { countProgress } from "./count-progress";

/** A batch's progress, from one statement and so from one moment. */
export async function readProgress(tx: Tx, batchId: string): Promise<Progress> {
  return (await readProgresses(tx, [batchId])).get(batchId) ?? countProgress([]);
}

/** The same for several batches at once. */
export async function readProgresses(tx: Tx, batchIds: readonly string[]): Promise<Map<string, Progress>> {
  if (batchIds.length === 0) return new Map();
  const ids = sql.join(
    batchIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  const { rows } = await tx.execute<ChunkGroup & { batchId: string }>(sql`
    with chunk as (
      select o.id, o.batch_id, o.state, o.settled_as, (o.params->>'count')::int as asked, coalesce(k.n, 0)::int as keys,
        coalesce(k.surplus, 0)::int as surplus, ${isUnprovenRefusal(sql`o`)} and k.n is null as refused,
        o.released_at is not null as released
      from operation o
      left join (
        select operation_id, count(*) as n, count(*) filter (where flag = 'surplus') as surplus from card_key
        where batch_id in (${ids}) and flag is distinct from 'duplicate'
        group by operation_id
      ) k on k.operation_id = o.id
      where o.batch_id in (${ids}) and o.kind = 'generate'
    ), counted as (
      select *, case when keys < asked and state in ('done', 'applied', 'settled') then ${wasChecked(sql`chunk.id`, sql`chunk.keys`)}
        else false end as checked
      from chunk
    )
    select batch_id as "batchId", state, settled_as as "settledAs", asked, keys, surplus, refused, released, checked,
      count(*)::int as chunks
    from counted group by 1, 2, 3, 4, 5, 6, 7, 8, 9`);
  return new Map(batchIds.map((id) => [id, countProgress(rows.filter((row) => row.batchId === id))]));
}

/** The upstream refused this call, and the listing that followed showed no key of it: unknown until a later one decides. */
export const isUnprovenRefusal = (row: SQL) => sql`(${row}.state = 'unknown' and ${row}.reason = 'refusal_unproven')`;

/**
 * A conclusion from a listing: this chunk brought what it has and no more. It holds no longer when a late answer has
 * taken keys away that the chunk had then.
 */
export const wasChecked = (operationId: SQL, keys: SQL) => sql`exists (
  select 1 from operation_reading r
  where r.operation_id = ${operationId} and r.reading->>'kind' = 'listing' and r.conclusion = 'applied'
    and (r.reading->>'found')::int <= ${keys})`;
