import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { type BalanceEvent, balanceChanges } from "./balance-changes";
import type { BalanceChange, CustomerCard } from "./types";

/** Of so many cards, those that changed last, so many events are looked at, and so many changes are shown. */
const CARDS = 20;
const EVENTS = 100;
const SHOWN = 8;

type Row = {
  card_id: string;
  at: Date;
  before: string | null;
  after: string | null;
  operation_id: string | null;
  actor_name: string | null;
  reference: string | null;
};

/**
 * The latest changes of these cards' balances with their causes, newest first. Each card is two short index scans: which of
 * them changed last, and how.
 */
export async function readChanges(ctx: Ctx, cards: readonly CustomerCard[]): Promise<BalanceChange[]> {
  const codes = new Map(cards.map(({ id, maskedCode }) => [id, maskedCode]));
  if (codes.size === 0) return [];
  const { rows } = await ctx.db.execute<Row>(sql`
    select e.card_id, e.at, e.before, e.after, e.operation_id, o.actor_name, o.reference
    from (
      select one.id from unnest(${sql.param([...codes.keys()])}::text[]) as one(id) cross join lateral (
        select at from card_event where card_id = one.id and kind = 'balance' order by id desc limit 1) newest
      order by newest.at desc limit ${CARDS}
    ) asked cross join lateral (
      select * from card_event where card_id = asked.id and kind = 'balance' order by id desc limit ${EVENTS}) e
    left join operation o on o.id = e.operation_id
    order by e.at desc, e.id desc`);
  const counts = Map.groupBy(rows, ({ card_id }) => card_id);
  const cut = new Set([...counts].flatMap(([id, found]) => (found.length === EVENTS ? [id] : [])));
  const events = rows.flatMap((row) => eventOf(row, codes.get(row.card_id) ?? "") ?? []);
  return balanceChanges(events, { zone: env().TZ_DISPLAY, cut }).slice(0, SHOWN);
}

/** Between two numbers only: from or to an unknown or unlimited balance nothing can be counted. */
function eventOf(row: Row, maskedCode: string): BalanceEvent | null {
  const { card_id, at, before, after, operation_id, actor_name, reference } = row;
  const isNumber = (text: string | null): text is string => text !== null && /^\d+$/.test(text);
  if (!isNumber(before) || !isNumber(after)) return null;
  return {
    cardId: card_id,
    maskedCode,
    at: new Date(at).toISOString(),
    before: Number(before),
    after: Number(after),
    operationId: operation_id,
    actorName: actor_name,
    reference,
  };
}
