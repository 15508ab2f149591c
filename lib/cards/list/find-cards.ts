import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { contains } from "@/lib/db/like-pattern";
import { classifySearch } from "@/lib/format/classify-search";
import type { FoundCards } from "../types";
import { CARD_COLUMNS, LOCKED, type RawRow, toRow } from "./card-row";

const SHOWN = 20;

/** A way a text can match a card; `exact` ones identify it. */
type Way = { exact: boolean; condition: SQL };

/**
 * Cards that a pasted or typed text may mean: phone in any spelling or its last 4 digits, code, id, nickname, or a part
 * of any of them. Gone cards come last. Phones and codes stay masked.
 */
export async function findCards({ ctx, input }: { ctx: Ctx; input: { text: string } }): Promise<FoundCards> {
  const ways = waysOf(input.text);
  if (ways.length === 0) return { rows: [], more: false, jumpTo: null };
  const rank = sql.join(
    ways.map(({ condition }, place) => sql`when ${condition} then ${place}::int`),
    sql` `,
  );
  const any = sql.join(
    ways.map(({ condition }) => sql`(${condition})`),
    sql` or `,
  );
  const result = await ctx.db.execute<RawRow & { rank: number }>(sql`
    select ${CARD_COLUMNS}, case ${rank} end as rank from card c ${LOCKED} where ${any}
    order by rank, c.gone_at is not null, c.created_at desc nulls last, c.id limit ${SHOWN + 1}`);
  const rows = result.rows.slice(0, SHOWN).map(toRow);
  const more = result.rows.length > SHOWN;
  const named = result.rows.filter((row) => ways[row.rank]?.exact);
  const meant = named.length > 0 ? named : result.rows;
  return { rows, more, jumpTo: meant.length === 1 ? (meant[0]?.id ?? null) : null };
}

function waysOf(text: string): Way[] {
  // Lists show codes as ••••1GDw and phones as 159****8888: text copied from there should find its card.
  const masked = /^(\d{3})\*{4}(\d{4})$/.exec(text.trim());
  if (masked)
    return [{ exact: true, condition: sql`right(phone, 4) = ${masked[2]} and left(phone, 3) = ${masked[1]}` }];
  const plain = text.replace(/[•*]/g, "");
  return classifySearch(plain).flatMap(({ kind, value }): Way[] => {
    if (kind === "phone") return [{ exact: true, condition: sql`phone in (${value}, ${`86${value}`})` }];
    if (kind === "id") return [{ exact: true, condition: sql`id = ${value}` }];
    if (kind === "last4") return [{ exact: true, condition: sql`right(phone, 4) = ${value}` }];
    if (kind === "code") return [{ exact: true, condition: sql`code = ${value}` }];
    return partWays(value);
  });
}

function partWays(value: string): Way[] {
  const digits = value.replace(/[\s-]/g, "");
  return [
    { exact: false, condition: sql`name_key like ${contains(value.toLowerCase())}` },
    ...(/^\d{5,}$/.test(digits) ? [{ exact: false, condition: sql`phone like ${contains(digits)}` }] : []),
    ...(/^[0-9a-z]{3,8}$/i.test(value) ? [{ exact: false, condition: sql`code ilike ${contains(value)}` }] : []),
  ];
}
