import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import type { Candidate } from "@/lib/format/recognize/candidate";
import { plainText } from "@/lib/format/recognize/plain-text";
import { recognize } from "@/lib/format/recognize/recognize";
import { countSearches } from "@/lib/limits";
import { areNamesFilled } from "../names/are-names-filled";
import type { FoundCards } from "../types";
import { CARD_COLUMNS, LOCKED, type RawRow, toRow } from "./card-row";
import { type CardWay, cardWays, spellings } from "./card-ways";
import { isMaskedFor } from "./is-masked-for";

const SHOWN = 20;
/** Of a way that finds more, as one character of a nickname does, so many are put in order. */
const ORDERED = 1_000;

type Input = {
  text: string;
  /** Ids in the text that are no card's but something else's, so that they are not called missing. */
  elsewhere?: readonly string[];
};

/**
 * Cards that a pasted or typed text may mean, whatever `recognize` finds in it: exact hits before partial ones, listed cards
 * before gone ones, those with calls before empty ones. Phones and codes stay masked. Who sees them masked only finds none by
 * a part that the mask hides, which `wholeOnly` says, and AppError "too_many" ends more of them in an hour than the limit.
 */
export async function findCards({ ctx, input }: { ctx: Ctx; input: Input }): Promise<FoundCards> {
  const candidates = recognize(input.text);
  const masked = isMaskedFor(ctx.actor);
  const mayBeName = candidates.some(({ kind }) => kind === "name");
  const namesFilled = !mayBeName || (await areNamesFilled(ctx.db));
  const { ways, wholeOnly } = cardWays(candidates, { masked, namesFilled });
  const nothing: FoundCards = { rows: [], total: 0, more: false, all: null, jumpTo: null, within: null, wholeOnly };
  if (ways.length === 0) return nothing;
  if (masked)
    await countSearches(
      ctx,
      ways.flatMap(({ terms }) => terms),
    );
  const { rows: hits } = await ctx.db.execute<Hit>(select(ways));
  const within = await withinOf(ctx, candidates, input, hits, ways);
  // With one of several missing, the one that is there is not all that was asked for.
  const whole = within === null || within.missing.length === 0;
  const exact = hits.filter(({ rank }) => ways[rank]?.exact);
  const meant = exact.length > 0 ? exact : hits;
  const [best] = hits;
  const filter = best && ways[best.rank]?.filter;
  const total = Math.max(Number(best?.total ?? 0), Number(best?.same ?? 0));
  return {
    ...nothing,
    rows: hits.slice(0, SHOWN).map(toRow),
    total,
    more: total > SHOWN,
    all: filter && total > 1 ? { filter: { ...filter, gone: "show" }, count: Number(best.same) } : null,
    jumpTo: whole && meant.length === 1 ? (meant[0]?.id ?? null) : null,
    within,
  };
}

type Hit = RawRow & {
  rank: number;
  total: string;
  /** How many cards the same way finds. */
  same: string;
};

function select(ways: CardWay[]): SQL {
  const placed = ways.map(({ cards }, place) => ({ name: sql.raw(`way${place}`), cards, place }));
  const ranks = (which: (way: CardWay) => boolean) =>
    sql`${sql.param(ways.flatMap((way, place) => (which(way) ? [place] : [])))}::int[]`;
  const counts = sql.join(
    placed.map(({ name, place }) => sql`when ${place}::int then (select count(*) from ${name})`),
    sql` `,
  );
  // Materialized: with a limit in sight the planner would rather walk through the whole table.
  return sql`
    with ${list(placed.map(({ name, cards }) => sql`${name} as materialized (${cards})`))},
    hits as materialized (${sql.join(
      placed.map(
        ({ name, place }) => sql`(select id, ${place}::int as rank from ${name} limit ${sql.raw(String(ORDERED))})`,
      ),
      sql` union all `,
    )}),
    kept as (
      select id, min(rank) as rank from hits
      where (rank <> all(${ranks((way) => way.fallback === true)})
          or not exists (select from hits where rank = any(${ranks((way) => way.exact)})))
        and (rank <> all(${ranks((way) => way.isWord === true)})
          or not exists (select from hits where rank = any(${ranks((way) => way.isWholeName === true)})))
      group by id
    ), best as (
      select kept.*, count(*) over () as total from kept ${card(sql`kept.id`)}
      order by ${ORDER} limit ${SHOWN + 1}
    )
    select ${CARD_COLUMNS}, best.rank, best.total, case best.rank ${counts} end as same
    from best ${card(sql`best.id`)} ${LOCKED} order by ${ORDER}`;
}

const ORDER = sql`rank, c.gone_at is not null, c.balance_rank is not distinct from 0, c.created_at desc nulls last, c.id`;

/** One by one by its id: how many there are the planner can only guess, and it would rather read all cards. */
const card = (id: SQL): SQL => sql`cross join lateral (select * from card where card.id = ${id} limit 1) c`;

const list = (parts: SQL[]): SQL => sql.join(parts, sql`, `);

/** For a text that is more than one phone, code or id: how many it has, and those that nothing has. */
async function withinOf(ctx: Ctx, candidates: Candidate[], input: Input, hits: Hit[], ways: CardWay[]) {
  const named = candidates.filter(isIdentifier);
  if (named.length === 0 || isAlone(named, input.text)) return null;
  // A nickname may end in what looks like a code: a card that has the whole text as its name is what was meant.
  if (hits.some(({ rank }) => ways[rank]?.isName)) return null;
  return { count: named.length, missing: await missingOf(ctx, named, input.elsewhere ?? []) };
}

const isIdentifier = ({ kind, exactness }: Candidate) =>
  exactness === "whole" && (kind === "phone" || kind === "code" || kind === "id");

function isAlone(named: Candidate[], text: string): boolean {
  const [only, other] = named;
  const plain = plainText(text)
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
  return (
    !other && only !== undefined && ["", "86", "0086"].some((before) => plain === before + only.value.toLowerCase())
  );
}

/** Those that no card has, masked as in the lists. */
async function missingOf(ctx: Ctx, named: Candidate[], elsewhere: readonly string[]): Promise<string[]> {
  const valuesOf = (wanted: Candidate["kind"]) => named.flatMap(({ kind, value }) => (kind === wanted ? [value] : []));
  const any = (values: string[]) => sql`any(${sql.param(values)}::text[])`;
  const [phones, ids, codes] = [valuesOf("phone"), valuesOf("id"), valuesOf("code")];
  const { rows } = await ctx.db.execute<{ value: string }>(sql`
    select phone as value from card where phone = ${any(phones.flatMap(spellings))}
    union select code from card where code = ${any(codes)}
    union select id from card where id = ${any(ids)}
    union select user_id from card where user_id = ${any(ids)}`);
  const there = new Set([...rows.map(({ value }) => value), ...elsewhere]);
  return [
    ...phones.filter((phone) => !spellings(phone).some((spelling) => there.has(spelling))).map(maskPhone),
    ...ids.filter((id) => !there.has(id)).map((id) => `${id.slice(0, 8)}…`),
    ...codes.filter((code) => !there.has(code)).map(maskCode),
  ];
}
