import "server-only";
import { sql } from "drizzle-orm";
import { endedCards } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { RecentChangesView } from "./types";

/** Counted up to here; one more means "more than". */
const MOST = 10_000;

type Row = Record<"moved" | "destroyed" | "created" | "gone" | "emptied", number> & { day: string; begun: Date | null };

/**
 * What changed about all cards since the beginning of yesterday in the display zone. One statement, each part of it a range
 * of an index: what happened in two days, however many cards and years there are.
 */
export async function readRecentChanges({ ctx }: { ctx: Ctx }): Promise<RecentChangesView> {
  const zone = env().TZ_DISPLAY;
  const day = sql`((${ctx.now()}::timestamptz at time zone ${zone}::text)::date - 1)`;
  const since = sql`(${day}::timestamp at time zone ${zone}::text)`;
  const count = (rows: ReturnType<typeof sql>) =>
    sql`(select count(*)::int from (${rows} limit ${sql.raw(String(MOST + 1))}) counted)`;
  const ours = (kind: "transfer" | "destroy") =>
    count(
      sql`select 1 from operation where created_at >= ${since} and kind = ${kind} and state in ('done', 'applied')`,
    );
  const theirs = (how: "gone" | "emptied") => count(endedCards(how, sql`at >= ${since}`));
  const { rows } = await ctx.db.execute<Row>(sql`
    select to_char(${day}, 'YYYY-MM-DD') as day,
      ${ours("transfer")} as moved,
      ${ours("destroy")} as destroyed,
      ${count(sql`select 1 from card where gone_at is null and created_at >= ${since}`)} as created,
      ${theirs("gone")} as gone,
      ${theirs("emptied")} as emptied,
      (select finished_at from sync_run where started_at > ${since} and state = 'done'
        and not exists (select from sync_run earlier where earlier.started_at <= ${since})
        order by started_at limit 1) as begun`);
  const [row] = rows;
  if (!row) throw new Error("a statement without a row");
  const { begun, ...counts } = row;
  return { ...counts, most: MOST, begunAt: begun && new Date(begun).toISOString() };
}
