import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { inDayRange } from "@/lib/db/day-range";
import { contains, endsWith, equals } from "@/lib/db/like-pattern";
import { UNLIMITED_RANK } from "@/lib/db/schema";
import { normalizePhone } from "@/lib/format/phones";
import { tagKeyOf } from "@/lib/format/tags";
import { type CardFilter, type CardFilterName, type CardFilterValue, FILTER_NAMES } from "../filter/card-filters";
import { type MaskedTerm, readMaskedCode, readMaskedPhone } from "../filter/masked-search";
import { endedCards } from "../history/ended-cards";
import { pinyinKeyOf, termsHaveWritten, termsLike } from "../names/name-terms";

type Conditions = { [Name in CardFilterName]: (value: CardFilterValue<Name>) => SQL };

const CONDITIONS: Conditions = {
  phone: phoneCondition,
  code: (part) => sql`code ilike ${contains(part)}`,
  name: nameCondition,
  tag: (tag) => sql`id in (select card_id from card_tag where key = ${tagKeyOf(tag)})`,
  types: (types) => (types.length > 0 ? sql`type = any(${sql.param(types)}::text[])` : sql`true`),
  balanceMin: (least) => sql`balance_rank >= ${least} and balance_rank < ${UNLIMITED_RANK}`,
  balanceMax: (most) => sql`balance_rank >= 0 and balance_rank <= ${most}`,
  redeemed: (yes) => (yes ? sql`(phone is null) = false` : sql`(phone is null) = true`),
  empty: (yes) => (yes ? sql`balance_rank = 0` : sql`balance_rank is distinct from 0`),
  gone: (choice) => (choice === "only" ? sql`gone_at is not null` : sql`true`),
  id: (start) => startCondition(sql`id`, start.toLowerCase()),
  user: (start) => startCondition(sql`user_id`, start.toLowerCase()),
  createdFrom: (day) => inDayRange(sql`created_at`, day, undefined) ?? sql`true`,
  createdTo: (day) => inDayRange(sql`created_at`, undefined, day) ?? sql`true`,
  goneSince: (day) => endedSince("gone", day),
  emptiedSince: (day) => endedSince("emptied", day),
};

/** Those of them that know no more of a phone or code than its mask shows. */
const MASKED_CONDITIONS: Conditions = {
  ...CONDITIONS,
  phone: (text) => maskedPhone(known(readMaskedPhone(text))),
  code: (text) => maskedCode(known(readMaskedCode(text))),
};

/** A filter, and whether what it finds is masked. {@link allowSearch} makes one of what a user asks for. */
export type Search = {
  filter: CardFilter;
  masked: boolean;
  /** Whether every nickname has its terms: then those may be all that is asked. */
  namesFilled?: boolean;
};

type Instead = {
  /** Replaces what is asked of the nickname. */
  name?: SQL | undefined;
  /** Only {@link listed} cards are asked. */
  amongListed?: boolean | undefined;
};

/** The filter as a condition on `card`. */
export function cardConditions({ filter, masked }: Search, { name: asked, amongListed = false }: Instead = {}): SQL {
  const conditions = FILTER_NAMES.flatMap((name) =>
    name === "name" && asked ? [asked] : conditionOf(masked, name, filter[name]),
  );
  return sql.join([amongListed ? sql`true` : listed(filter), ...conditions], sql` and `);
}

/** What the filter asks of a card besides {@link listed} and its nickname. */
export const besidesName = ({ filter, masked }: Search): SQL =>
  sql.join(
    [sql`true`, ...FILTER_NAMES.flatMap((name) => (name === "name" ? [] : conditionOf(masked, name, filter[name])))],
    sql` and `,
  );

/** Cards that are still listed, unless the filter asks for gone ones too. */
export const listed = ({ gone, goneSince, emptiedSince }: CardFilter): SQL =>
  gone || goneSince || emptiedSince ? sql`true` : sql`gone_at is null`;

/** Whether the filter has a text: such a filter usually matches few cards. */
export const hasText = ({ id, code, name, phone, user, tag }: CardFilter): boolean =>
  Boolean(id || code || name || phone || user || tag);

const conditionOf = <Name extends CardFilterName>(
  masked: boolean,
  name: Name,
  value: CardFilterValue<Name> | undefined,
): SQL[] => (value === undefined ? [] : [(masked ? MASKED_CONDITIONS : CONDITIONS)[name](value)]);

const endedSince = (how: "gone" | "emptied", day: string): SQL =>
  sql`id in (${endedCards(how, inDayRange(sql`at`, day, undefined) ?? sql`true`)})`;

/** Phones whose mask shows the last 4 digits; see `maskPhone`. */
const SHOWS_LAST4 = sql.raw(String.raw`phone ~ '^(\d{11}|861\d{10})$'`);

/** Cards with this whole phone, or with these last 4 digits where the mask shows them. */
export const maskedPhone = (term: MaskedTerm): SQL =>
  "whole" in term
    ? sql`phone in (${term.whole}, ${`86${term.whole}`})`
    : sql`(right(phone, 4) = ${term.end} and ${SHOWS_LAST4})`;

/** Cards with this whole code in any case, or with these last 4 characters where the mask shows them. */
export const maskedCode = (term: MaskedTerm): SQL =>
  "whole" in term
    ? sql`code ilike ${equals(term.whole)}`
    : sql`(code ilike ${endsWith(term.end)} and length(code) > 4)`;

/** Nobody comes here with another part: {@link allowSearch} refuses it in words. */
function known(term: MaskedTerm | null): MaskedTerm {
  if (!term) throw new Error("a part of a masked value was asked for");
  return term;
}

/** Ids are lower-case hex: everything with this prefix sorts between the prefix and the prefix followed by "g". */
function startCondition(column: SQL, id: string): SQL {
  return id.length === 32 ? sql`${column} = ${id}` : sql`(${column} >= ${id} and ${column} < ${`${id}g`})`;
}

/** As it is written, or the pinyin or initials of it. */
function nameCondition(part: string): SQL {
  const [written, pinyin] = [writtenLike(part), spokenLike(part)];
  if (pinyin === null) return written;
  return sql`id in (select id from card where ${written}
    union select card_id from card_name where ${pinyin})`;
}

/**
 * What finds a nickname by a part of it: a condition on `card`, and one on `card_name` where the part may be pinyin. With every
 * nickname's terms there, letters and digits are found by those alone, however they are meant.
 */
export function nameWays(part: string, namesFilled = false): { written: SQL | null; pinyin: SQL | null } {
  return { written: namesFilled && termsHaveWritten(part) ? null : writtenLike(part), pinyin: spokenLike(part) };
}

function spokenLike(part: string): SQL | null {
  const pinyin = pinyinKeyOf(part);
  return pinyin === null ? null : sql`terms @@ ${termsLike(pinyin)}::tsquery`;
}

/** The same condition, for a walk along an order: asked of each card in turn, it finds nothing in advance. */
export function conditionsInTurn(search: Search, { amongListed }: Pick<Instead, "amongListed"> = {}): SQL {
  const { written, pinyin } = nameWays(search.filter.name ?? "", search.namesFilled);
  if (search.filter.name === undefined || pinyin === null) return cardConditions(search, { amongListed });
  // A value, not "exists": that the planner would answer for all cards at once.
  const name = sql`(coalesce(${written ?? sql`false`}, false)
    or coalesce((select ${pinyin} from card_name where card_id = card.id), false))`;
  return cardConditions(search, { name, amongListed });
}

/** A trigram index reads all of itself for fewer than three characters: those are looked up one by one. */
function writtenLike(typed: string): SQL {
  const part = typed.normalize("NFKC").toLowerCase();
  const characters = [...part];
  if (characters.length > 2) return sql`name_key like ${contains(part)}`;
  return sql`string_to_array(name_key, null) @> ${sql.param(characters)}::text[] and strpos(name_key, ${part}) > 0`;
}

function phoneCondition(text: string): SQL {
  const whole = normalizePhone(text);
  if (whole) return sql`phone in (${whole}, ${`86${whole}`})`;
  const digits = text.normalize("NFKC").replace(/\D/g, "");
  return digits.length === 4 ? sql`right(phone, 4) = ${digits}` : sql`phone like ${contains(digits)}`;
}
