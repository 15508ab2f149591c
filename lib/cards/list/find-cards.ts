import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { contains } from "@/lib/db/like-pattern";
import { classifySearch } from "@/lib/format/classify-search";
import { extractIdentifiers, type Identifiers } from "@/lib/format/extract-identifiers";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import { countSearches } from "@/lib/limits";
import { type MaskedTerm, readMaskedCode, readMaskedPhone } from "../filter/masked-search";
import type { FoundCards } from "../types";
import { termOf } from "./allow-search";
import { maskedCode, maskedPhone } from "./card-conditions";
import { CARD_COLUMNS, LOCKED, type RawRow, toRow } from "./card-row";
import { isMaskedFor } from "./is-masked-for";

const SHOWN = 20;
const MASKED_PHONE = /^(\d{3})\*{4}(\d{4})$/;

/** A way a text can match a card; `exact` ones identify it. `terms` are the phones and codes it asks for. */
type Way = { exact: boolean; condition: SQL; terms?: string[] };

/**
 * Cards that a pasted or typed text may mean: phone in any spelling or its last 4 digits, code, id, nickname, or a part
 * of any of them; of a longer text, every phone, code and id in it. Gone cards come last. Phones and codes stay masked.
 * Who sees them masked only finds none by a part that the mask hides, which `wholeOnly` says, and AppError "too_many" ends
 * more of them in an hour than the limit.
 */
export async function findCards({ ctx, input }: { ctx: Ctx; input: { text: string } }): Promise<FoundCards> {
  const masked = isMaskedFor(ctx.actor);
  const named = identifiersIn(input.text);
  const identified = named ? identifierWays(named) : [];
  const { ways: further, wholeOnly } = waysOf(input.text, masked);
  const ways = [...identified, ...further];
  if (ways.length === 0) return { rows: [], more: false, jumpTo: null, within: null, wholeOnly };
  if (masked) {
    await countSearches(
      ctx,
      ways.flatMap((way) => way.terms ?? []),
    );
  }
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
  return { rows, more, jumpTo: whole && meant.length === 1 ? (meant[0]?.id ?? null) : null, within, wholeOnly };
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
    ...(phones.length > 0
      ? [{ exact: true, condition: sql`phone in ${oneOf(phones.flatMap(spellings))}`, terms: terms("phone", phones) }]
      : []),
    ...(ids.length > 0 ? [{ exact: true, condition: sql`id in ${oneOf(ids)}` }] : []),
    ...(codes.length > 0
      ? [{ exact: true, condition: sql`code in ${oneOf(codes)}`, terms: terms("code", codes) }]
      : []),
  ];
}

const terms = (kind: "phone" | "code", wholes: string[]): string[] =>
  wholes.flatMap((whole) => termOf(kind, { whole }));

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

/** `wholeOnly`: it may be a part of a phone or code, and by that part nothing was looked for. */
type Ways = { ways: Way[]; wholeOnly: boolean };

function waysOf(text: string, masked: boolean): Ways {
  // Lists show codes as ••••1GDw and phones as 159****8888: text copied from there should find its card.
  const copied = MASKED_PHONE.exec(text.trim());
  if (copied) {
    const [, start = "", end = ""] = copied;
    const spelled = sql`(phone like ${`${start}____${end}`} or phone like ${`86${start}____${end}`})`;
    const shown = sql`(${maskedPhone({ end })} and ${spelled})`;
    return { ways: [{ exact: true, condition: shown, terms: termOf("phone", { end }) }], wholeOnly: false };
  }
  const found = classifySearch(text.replace(/[•*]/g, "")).map(({ kind, value }): Ways => {
    if (kind === "phone") return oneWay(phoneWay({ whole: value }));
    if (kind === "id") return oneWay({ exact: true, condition: sql`id = ${value}` });
    if (kind === "last4") {
      return oneWay(masked ? phoneWay({ end: value }) : { exact: true, condition: sql`right(phone, 4) = ${value}` });
    }
    if (kind === "code") {
      return oneWay({ exact: true, condition: sql`code = ${value}`, terms: termOf("code", { whole: value }) });
    }
    return partWays(value, masked);
  });
  return { ways: found.flatMap(({ ways }) => ways), wholeOnly: found.some(({ wholeOnly }) => wholeOnly) };
}

const oneWay = (way: Way): Ways => ({ ways: [way], wholeOnly: false });
const phoneWay = (term: MaskedTerm): Way => ({
  exact: true,
  condition: maskedPhone(term),
  terms: termOf("phone", term),
});

function partWays(value: string, masked: boolean): Ways {
  const digits = value.replace(/[\s-]/g, "");
  const named: Way = { exact: false, condition: sql`name_key like ${contains(value.toLowerCase())}` };
  const mayBePhone = /^\d{5,}$/.test(digits);
  const mayBeCode = /^[0-9a-z]{3,8}$/i.test(value);
  if (masked) {
    const phone = mayBePhone ? readMaskedPhone(digits) : null;
    const code = mayBeCode ? readMaskedCode(value) : null;
    const ways = [
      named,
      ...(phone ? [phoneWay(phone)] : []),
      ...(code ? [{ exact: false, condition: maskedCode(code), terms: termOf("code", code) }] : []),
    ];
    return { ways, wholeOnly: (mayBePhone && !phone) || (mayBeCode && !code) };
  }
  const ways = [
    named,
    ...(mayBePhone ? [{ exact: false, condition: sql`phone like ${contains(digits)}` }] : []),
    ...(mayBeCode ? [{ exact: false, condition: sql`code ilike ${contains(value)}` }] : []),
  ];
  return { ways, wholeOnly: false };
}
