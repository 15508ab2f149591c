import "server-only";
import { sql } from "drizzle-orm";
import { mirrorCards } from "@/lib/cards/mirror/mirror-cards";
import type { Card } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";

type Stored = Omit<Card, "createdAt" | "updatedAt"> & { createdAt: string; updatedAt: string };

/** Give 500 cards of a seeded mirror, from all over the table as an upstream lists them, another balance as a sync does. */
export async function writeAsSync(ctx: Ctx, cards: number, turn: number): Promise<void> {
  const first = (turn * 7919) % cards;
  const { rows } = await ctx.db.execute<Stored>(sql`
    select id, code, type, user_id as "userId", phone, user_name as "userName",
      to_json(created_at) as "createdAt", to_json(coalesce(updated_at, created_at)) as "updatedAt"
    from card where id = any(select md5(((${first}::int + i * 1999) % ${cards}::int + 1)::text) from generate_series(1, 500) i)`);
  const balance = turn % 5_000;
  const changed = rows.map(
    (row): Card => ({ ...row, createdAt: new Date(row.createdAt), updatedAt: new Date(row.updatedAt), balance }),
  );
  await ctx.db.transaction((tx) => mirrorCards(tx, changed, { at: ctx.now(), source: "sync" }));
}
