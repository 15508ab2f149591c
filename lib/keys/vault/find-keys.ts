import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { FoundKeys } from "../types";
import { fingerprintsOf } from "./fingerprints-of";

const SHOWN = 5;

type Row = { id: string; last4: string; key_type: number; batch_id: string; whole: boolean; total: string };

/** Keys given whole (32 hex digits, found by their fingerprint) or by their last 4, newest first; never the key itself. */
export async function findKeys({
  ctx,
  input: { keys, ends },
}: {
  ctx: Ctx;
  input: { keys: readonly string[]; ends: readonly string[] };
}): Promise<FoundKeys> {
  if (keys.length + ends.length === 0) return { rows: [], total: 0, whole: [] };
  const prints = await fingerprintsOf(keys);
  const { rows } = await ctx.db.execute<Row & { fingerprint: string }>(sql`
    with hits as materialized (
      select id, true as whole from card_key where fingerprint = any(${sql.param([...prints.keys()])}::text[])
      union all select id, false from card_key where last4 = any(${sql.param([...ends])}::text[])
    )
    select k.id, k.last4, k.key_type, k.batch_id, k.fingerprint, hits.whole, count(*) over () as total
    from hits cross join lateral (select * from card_key where card_key.id = hits.id limit 1) k
    order by hits.whole desc, k.recorded_at desc, k.id limit ${SHOWN}`);
  return {
    rows: rows.map((row) => ({ id: row.id, last4: row.last4, keyType: row.key_type, batchId: row.batch_id })),
    total: Number(rows[0]?.total ?? 0),
    whole: rows.flatMap((row) => (row.whole ? (prints.get(row.fingerprint) ?? []) : [])),
  };
}
