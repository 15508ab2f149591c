import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import type { LowCardsView } from "./types";

/** The calls each product is sold with. The fifth is unlimited and never low. */
const SIZES = { "1": 1_000, "2": 2_200, "3": 5_000, "4": 15_000 } as const;
const LISTED = 8;

type Row = {
  id: string;
  code: string;
  type: string;
  user_name: string | null;
  phone: string | null;
  balance: number;
  share: number;
  low: number;
  empty: number;
};

/** Paid cards with few calls left: how many, and those with the fewest. */
export async function readLowCards({ ctx }: { ctx: Ctx }): Promise<LowCardsView> {
  const sizes = sql.raw(
    Object.entries(SIZES)
      .map(([type, size]) => `('${type}', ${size})`)
      .join(", "),
  );
  const { rows } = await ctx.db.execute<Row | { [K in keyof Row]: null }>(sql`
    with paid as (
      select c.id, c.code, c.type, c.user_name, c.phone, c.balance, c.balance / size.calls::float8 as share
      from card c join (values ${sizes}) as size (type, calls) on size.type = c.type
      where c.gone_at is null and not c.unlimited and c.balance is not null
    ), counts as (
      select (count(*) filter (where balance > 0 and share <= 0.1))::int as low,
        (count(*) filter (where balance = 0))::int as empty
      from paid
    ), emptiest as (
      select id, code, type, user_name, phone, balance::float8 as balance, share
      from paid where balance > 0 order by share, id limit ${LISTED}
    )
    select * from counts left join emptiest on true order by share, id`);
  return {
    low: rows[0]?.low ?? 0,
    empty: rows[0]?.empty ?? 0,
    cards: rows.flatMap((row) => (row.id === null ? [] : [lowCard(row)])),
  };
}

const lowCard = ({ id, code, type, user_name, phone, balance, share }: Row) => ({
  id,
  code: maskCode(code),
  type,
  userName: user_name,
  phone: phone && maskPhone(phone),
  balance,
  share,
});
