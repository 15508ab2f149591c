import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";

/**
 * By type: keys this console generated that nobody has used yet, as PotatoCloud's list last showed them. One it has not
 * shown yet counts as unused; keys made elsewhere are not known here.
 */
export async function countKeysLeft({ ctx }: { ctx: Ctx }): Promise<{ keyType: number; left: number }[]> {
  const { rows } = await ctx.db.execute<{ keyType: number; left: number }>(sql`
    select key_type as "keyType", (count(*) filter (where used is not true and deleted is not true
      and flag is distinct from 'duplicate' and (expires_at is null or expires_at > ${ctx.now()})))::int as left
    from card_key group by key_type order by key_type`);
  return rows;
}
