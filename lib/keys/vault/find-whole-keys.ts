import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { fingerprintsOf } from "./fingerprints-of";

/** The batch that has the key, and what may be shown of the key. */
export type WholeKey = { batchId: string; last4: string; keyType: number };

type Row = { fingerprint: string; last4: string; key_type: number; batch_id: string };

/** Of many texts those that are whole keys (32 hex digits, found by their fingerprint), by the text; never the key itself. */
export async function findWholeKeys({
  ctx,
  input: { keys },
}: {
  ctx: Ctx;
  input: { keys: readonly string[] };
}): Promise<ReadonlyMap<string, WholeKey>> {
  const prints = await fingerprintsOf(keys);
  if (prints.size === 0) return new Map();
  const { rows } = await ctx.db.execute<Row>(sql`
    select k.fingerprint, k.last4, k.key_type, k.batch_id from unnest(${sql.param([...prints.keys()])}::text[]) as print
    cross join lateral (select * from card_key where card_key.fingerprint = print and flag is distinct from 'duplicate' limit 1) k`);
  return new Map(
    rows.map((row) => [
      prints.get(row.fingerprint) ?? "",
      { batchId: row.batch_id, last4: row.last4, keyType: row.key_type },
    ]),
  );
}
