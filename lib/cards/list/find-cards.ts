import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { contains } from "@/lib/db/like-pattern";
import { classifySearch } from "@/lib/format/classify-search";
import { extractIdentifiers, type Identifiers } from "@/lib/format/extract-identifiers";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import type { FoundCards } from "../types";
import { CARD_COLUMNS, LOCKED, type RawRow, toRow } from "./card-row";

const SHOWN = 20;
const MASKED_PHONE = /^(\d{3})\*{4}(\d{4})$/;

/** A way a text can match a card; `exact` ones identify it. */
type Way = { exact: boolean; condition: SQL };

/**
 * Cards that a pasted or typed text may mean: phone in any spelling or its last 4 digits, code, id, nickname, or a part
 * of any of them; of a longer text, every phone, code and id in it. Gone cards come last. Phones and codes stay masked.
 */
export async function findCards({ ctx, input }: { ctx: Ctx; input: { text: string } }): Promise<FoundCards> {
  const named = identifiersIn(input.text);
  const identified = named ? identifierWays(named) : [];
  const ways = [...identified, ...waysOf(input.text)];
  if (ways.length === 0) return { rows: [], more: false, jumpTo: null, within: null };
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
  const exact = result.rows.filter((row) => ways[row.rank]?.exact);
  const meant = exact.length > 0 ? exact : result.rows;
  // A nickname may end in what looks like a code: a card that has the whole text as its name is what was meant.
  const isName = result.rows.some((row) => row.rank >= identified.length);
  const within = named && !isName ? { count: countOf(named), missing: await missingOf(ctx, named) } : null;
  // With one of several missing, the one that is there is not all that was asked for.
  const whole = within === null || within.missing.length === 0;
  return { rows, more, jumpTo: whole && meant.length === 1 ? (meant[0]?.id ?? null) : null, within };
}

/** The phones, codes and ids in a text that is none itself. A word of 8 may be any word, so it counts beside others only. */
function identifiersIn(text: string): Identifiers | null {
  if (MASKED_PHONE.test(text.trim())) return null;
  const guesses = classifySearch(text);
  if (guesses.length !== 1 || guesses[0]?.kind !== "name") return null;
  const named = extractIdentifiers(text);
  return countOf(named) === 0 && named.codes.length === 0 ? null : named;
}

const isSurelyCode = (code: string) => /\d/.test(code) && /[a-z]/i.test(code);
const countOf = ({ phones, ids, codes }: Identifiers) => phones.length + ids.length + codes.filter(isSurelyCode).length;

function identifierWays({ phones, ids, codes }: Identifiers): Way[] {
  const oneOf = (values: string[]) =>
    sql`(${sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    )})`;
  return [
    ...(phones.length > 0 ? [{ exact: true, condition: sql`phone in ${oneOf(phones.flatMap(spellings))}` }] : []),
    ...(ids.length > 0 ? [{ exact: true, condition: sql`id in ${oneOf(ids)}` }] : []),
    ...(codes.length > 0 ? [{ exact: true, condition: sql`code in ${oneOf(codes)}` }] : []),
  ];
}

const spellings = (phone: string) => [phone, `86${phone}`];

/** Those that no card has, masked as in the lists. */
async function missingOf(ctx: Ctx, named: Identifiers): Promise<string[]> {
  const ways = identifierWays(named).map(({ condition }) => condition);
  const { rows } = await ctx.db.execute<{ id: string; code: string; phone: string | null }>(
    sql`select id, code, phone from card where ${sql.join(ways, sql` or `)}`,
  );
  const there = new Set(rows.flatMap((row) => [row.id, row.code, row.phone]));
  return [
    ...named.phones.filter((phone) => !spellings(phone).some((spelling) => there.has(spelling))).map(maskPhone),
    ...named.ids.filter((id) => !there.has(id)).map((id) => `${id.slice(0, 8)}…`),
    ...named.codes.filter((code) => isSurelyCode(code) && !there.has(code)).map(maskCode),
  ];
}

function waysOf(text: string): Way[] {
  // Lists show codes as ••••1GDw and phones as 159****8888: text copied from there should find its card.
  const masked = MASKED_PHONE.exec(text.trim());
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
