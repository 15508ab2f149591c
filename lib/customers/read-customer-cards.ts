import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { CARD_COLUMNS, LOCKED, type RawRow, tagsOf, toRow } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import { quietPeriodLeft } from "@/lib/operations";
import type { OperationKind, OperationState } from "@/lib/operations/types";
import type { CardLock, CustomerCard } from "./types";

const SHOWN = 200;

type Row = RawRow & {
  user_id: string | null;
  read_at: Date;
  tags: string[];
  kind: OperationKind | null;
  state: OperationState;
  actor_name: string;
  sent_at: Date;
  ended_at: Date | null;
  moved_id: string | null;
  side: "source" | "target";
  amount: string;
  moved_at: Date;
};

/** The cards that `which` (on `card c`) selects, listed ones first, with what has them locked and their last transfer. */
export async function readCustomerCards(ctx: Ctx, which: SQL): Promise<CustomerCard[]> {
  const { rows } = await ctx.db.execute<Row>(sql`
    select ${CARD_COLUMNS}, c.user_id, greatest(c.read_at, seen.seen_at) as read_at, ${tagsOf(sql`c.id`)} as tags,
      o.kind, o.state, o.actor_name, coalesce(o.sent_at, o.created_at) as sent_at, o.ended_at,
      moved.id as moved_id, moved.side, moved.amount, moved.at as moved_at
    from card c
    ${LOCKED}
    left join card_seen seen on seen.card_id = c.id
    left join operation o on o.id = lock.operation_id
    left join lateral (
      select m.id, mc.role as side, m.params ->> 'amount' as amount, coalesce(m.ended_at, m.finished_at) as at
      from operation_card mc join operation m on m.id = mc.operation_id
      where mc.card_id = c.id and m.kind = 'transfer'
        and (m.state in ('done', 'applied') or m.settled_as = 'applied')
      order by m.finished_at desc limit 1) moved on true
    where ${which}
    order by c.gone_at is not null, c.created_at desc nulls last, c.id limit ${SHOWN}`);
  return rows.map((row) => ({
    ...toRow(row),
    userId: row.user_id,
    readAt: new Date(row.read_at).toISOString(),
    tags: row.tags,
    lock: lockOf(row, ctx.now()),
    lastTransfer: row.moved_id
      ? {
          operationId: row.moved_id,
          side: row.side,
          amount: Number(row.amount),
          at: new Date(row.moved_at).toISOString(),
        }
      : null,
  }));
}

function lockOf(row: Row, now: Date): CardLock | null {
  const { locked_by: operationId, kind, state, actor_name: actorName, sent_at } = row;
  if (!operationId || !kind) return null;
  const sentAt = new Date(sent_at).toISOString();
  return { operationId, kind, state, actorName, sentAt, until: untilOf({ ...row, id: operationId }, now) };
}

/**
 * The end of the quiet period on both its clocks, from which "not applied" can be said. Past it a person has to decide, and no
 * time is known.
 */
function untilOf({ id, state, ended_at }: Pick<Row, "id" | "state" | "ended_at">, now: Date): string | null {
  if (state !== "unknown" || !ended_at) return null;
  const leftMs = quietPeriodLeft({ id, endedAt: new Date(ended_at) }, now);
  return leftMs > 0 ? new Date(now.getTime() + leftMs).toISOString() : null;
}
