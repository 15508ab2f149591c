import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { CLOCK_TOLERANCE_MS } from "@/lib/core/clock-tolerance";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import type { cardBalance } from "@/lib/db/schema";
import { storableText } from "@/lib/format/storable-text";
import { SECRET_EVENT_KINDS, type SecretEvent, sealEvents } from "../history/sealed-events";
import { storeNameTerms } from "../names/store-name-terms";
import type { Card } from "../types";

type MirrorSource = (typeof cardBalance.$inferInsert)["source"];

/** Cards per statement: a few ms in the database, under one to encode here. */
const CHUNK = 500;

/**
 * Write cards just read from the upstream into the mirror, with a row of balance history for each new or changed
 * balance, an event for each other change, what was used, and what a new nickname is found by. `at` is when the request was sent (its response can't be older). A card is left unchanged if the mirror has
 * a later reading of it or knows that it went after `at`; one that is listed again is no longer missing or gone. Joins
 * the caller's transaction and locks rows in order of id. Returns how many cards were new or different.
 */
export async function mirrorCards(
  tx: Tx,
  cards: readonly Card[],
  { at, source }: { at: Date; source: MirrorSource },
): Promise<{ changed: number }> {
  // One statement can't write a row twice; of duplicates the last one counts.
  const byId = new Map(cards.map((card) => [card.id, card]));
  const sorted = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  let changed = 0;
  for (let from = 0; from < sorted.length; from += CHUNK) {
    changed += await mirrorChunk(tx, sorted.slice(from, from + CHUNK), at, source);
  }
  return { changed };
}

/** A time that is yet to come is of before the clock was set back, or of a wrong one: anything is newer. */
export const ofRightClock = (time: SQL, now: Date): SQL =>
  sql`(case when ${time} > ${new Date(now.getTime() + CLOCK_TOLERANCE_MS)}::timestamptz then '-infinity'::timestamptz else ${time} end)`;

async function mirrorChunk(tx: Tx, cards: Card[], at: Date, source: MirrorSource): Promise<number> {
  // Locked by a separate statement: the next one then sees what the transaction that held the rows has written.
  const ids = sql.param(cards.map((card) => card.id));
  await tx.execute(sql`select 1 from card where id = any(${ids}::text[]) order by id for update`);
  const readable = (time: SQL) => ofRightClock(time, new Date());
  type Written = { changed: string; secrets: SecretEvent[]; renamed: { id: string; userName: string | null }[] };
  const result = await tx.execute<Written>(sql`
    with incoming as (
      select * from json_to_recordset(${JSON.stringify(cards.map(toRow))}::json) as i(
        id text, code text, type text, balance bigint, unlimited boolean,
        user_id text, phone text, user_name text, created_at timestamptz, updated_at timestamptz)
    ), fresh as materialized (
      select i.*, o.id is null as first_seen, o.gone_at is not null as was_gone,
        o.code as old_code, o.type as old_type, o.phone as old_phone, o.user_id as old_user_id,
        o.balance as old_balance, o.unlimited as old_unlimited, o.user_name as old_user_name,
        (i.balance, i.unlimited) is distinct from (o.balance, o.unlimited) as balance_changed,
        o.id is null or o.gone_at is not null or
        (i.code, i.type, i.balance, i.unlimited, i.user_id, i.phone, i.user_name, i.created_at, i.updated_at)
          is distinct from
        (o.code, o.type, o.balance, o.unlimited, o.user_id, o.phone, o.user_name, o.created_at, o.updated_at)
          as changed
      from incoming i left join card o on o.id = i.id left join card_seen s on s.card_id = i.id
      where o.id is null or ${readable(sql`greatest(o.read_at, o.gone_at, s.seen_at)`)} <= ${at}
    ), written as (
      insert into card (id, code, type, balance, unlimited, user_id, phone, user_name, created_at, updated_at,
        first_seen_at, read_at)
      select id, code, type, balance, unlimited, user_id, phone, user_name, created_at, updated_at, ${at}, ${at}
      from fresh where changed order by id
      on conflict (id) do update set code = excluded.code, type = excluded.type, balance = excluded.balance,
        unlimited = excluded.unlimited, user_id = excluded.user_id, phone = excluded.phone,
        user_name = excluded.user_name, created_at = excluded.created_at, updated_at = excluded.updated_at,
        read_at = excluded.read_at, gone_at = null
      where ${readable(sql`greatest(card.read_at, card.gone_at)`)} <= excluded.read_at
      returning id
    ), seen as (
      insert into card_seen (card_id, seen_at) select id, ${at} from fresh order by id
      on conflict (card_id) do update set seen_at = excluded.seen_at, missed = 0
      where ${readable(sql`card_seen.seen_at`)} <= excluded.seen_at
    ), history as (
      insert into card_balance (card_id, at, balance, unlimited, source)
      select id, ${at}, balance, unlimited, ${source} from fresh
      where (first_seen or balance_changed) and id in (select id from written)
    ), known as (
      select * from fresh where not first_seen and id in (select id from written)
    ), happened as (
      select k.id as card_id, e.* from known k cross join lateral (values
        (1, k.was_gone, 'back', null, null),
        (2, k.code <> k.old_code, 'code', k.old_code, k.code),
        (3, k.type <> k.old_type, 'type', k.old_type, k.type),
        (4, (k.phone, k.user_id) is distinct from (k.old_phone, k.old_user_id),
          case when coalesce(k.old_phone, k.old_user_id) is null then 'redeemed' else 'owner' end,
          case when k.phone is distinct from k.old_phone then k.old_phone else k.old_user_id end,
          case when k.phone is distinct from k.old_phone then k.phone else k.user_id end),
        (5, k.balance_changed, 'balance',
          case when k.old_unlimited then 'unlimited' else k.old_balance::text end,
          case when k.unlimited then 'unlimited' else k.balance::text end)
      ) e(place, happened, kind, before, after) where e.happened
    ), events as (
      insert into card_event (card_id, at, kind, before, after)
      select card_id, ${at}, kind, case when kind in (${SECRET}) then null else before end,
        case when kind in (${SECRET}) then null else after end
      from happened order by card_id, place
      returning id, card_id, kind
    ), secret as (
      select events.id::text, before, after from events join happened using (card_id, kind) where kind in (${SECRET})
    ), used as (
      insert into card_daily_use (card_id, day, calls)
      select id, (${at}::timestamptz at time zone ${env().TZ_DISPLAY}::text)::date, old_balance - balance
      from known where old_balance > balance
      on conflict (card_id, day) do update set calls = card_daily_use.calls + excluded.calls
    )
    select (select count(*) from written) as changed,
      (select coalesce(json_agg(secret), '[]') from secret) as secrets,
      (select coalesce(json_agg(json_build_object('id', id, 'userName', user_name)), '[]')
        from fresh where user_name is distinct from old_user_name and id in (select id from written)) as renamed`);
  await sealEvents(tx, result.rows[0]?.secrets ?? []);
  await storeNameTerms(tx, result.rows[0]?.renamed ?? []);
  return Number(result.rows[0]?.changed ?? 0);
}

/** Kinds of events whose values are phones, user ids and codes. They are never written in the clear. */
const SECRET = sql.raw(SECRET_EVENT_KINDS.map((kind) => `'${kind}'`).join(", "));

function toRow(card: Card) {
  return {
    id: storableText(card.id),
    code: storableText(card.code),
    type: storableText(card.type),
    balance: typeof card.balance === "number" ? card.balance : null,
    unlimited: card.balance === "unlimited",
    user_id: card.userId && storableText(card.userId),
    phone: card.phone && storableText(card.phone),
    user_name: card.userName && storableText(card.userName),
    created_at: card.createdAt,
    updated_at: card.updatedAt,
  };
}
