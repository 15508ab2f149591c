import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { UNLIMITED_RANK } from "@/lib/db/schema";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import { SOLD_CALLS } from "./sold-calls";
import type { LowCard } from "./types";

const LISTED = 8;

type Row = {
  id: string;
  code: string;
  type: string;
  user_name: string | null;
  phone: string | null;
  balance: number;
  share: number;
};

/** The paid cards with the fewest calls left of what they were sold with, without the empty ones. */
export async function readLowCards({ ctx }: { ctx: Ctx }): Promise<LowCard[]> {
  const sold = sql.raw(
    Object.entries(SOLD_CALLS)
      .map(([type, calls]) => `('${type}', ${calls}::float8)`)
      .join(", "),
  );
  // Found from an index that has type and rank; the rows of those few are read after.
  const { rows } = await ctx.db.execute<Row>(sql`
    with fewest as (
      select id, balance_rank / sold.calls as share from card join (values ${sold}) as sold (type, calls) using (type)
      where gone_at is null and balance_rank > 0 and balance_rank < ${UNLIMITED_RANK}
      order by share, id limit ${LISTED}
    )
    select id, code, type, user_name, phone, balance::float8 as balance, share
    from fewest join card using (id) order by share, id`);
  return rows.map(({ code, user_name, phone, ...row }) => ({
    ...row,
    code: maskCode(code),
    userName: user_name,
    phone: phone && maskPhone(phone),
  }));
}
