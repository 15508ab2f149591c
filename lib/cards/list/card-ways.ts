import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { contains, endsWith } from "@/lib/db/like-pattern";
import type { Candidate } from "@/lib/format/recognize/candidate";
import { readMaskedCode, readMaskedPhone } from "../filter/masked-search";
import { nameKeyOf, pinyinKeyOf, termsEqual, termsLike, WHOLE } from "../names/name-terms";
import type { CardFilter } from "../types";
import { termOf } from "./allow-search";
import { maskedCode, maskedPhone } from "./card-conditions";

/**
 * A way a text can mean cards, best first. `cards` selects their ids as `id`. Of an `exact` one a single card is the one that
 * was meant; a `fallback` counts only where no exact one finds any, a word of a name only where no card has the whole text as
 * its nickname either.
 */
export type CardWay = {
  exact: boolean;
  fallback?: true;
  isName?: true;
  isWholeName?: true;
  isWord?: true;
  cards: SQL;
  /** The same as a filter of the card table, if one can say it. */
  filter: CardFilter | null;
  /** The phones and codes it asks for, as searches are counted. */
  terms: string[];
};

export type CardWays = {
  ways: CardWay[];
  /** It may be a part of a phone or code, and by that nothing is looked for. */
  wholeOnly: boolean;
};

type Who = {
  /** Phones and codes are masked for this user: only whole ones and what a mask shows may be asked for. */
  masked: boolean;
  /** Every nickname has its terms; otherwise the cards themselves are searched too. */
  namesFilled: boolean;
};

/** How the cards are found that these candidates may mean. Each way is one index scan; see docs/decisions/find.md. */
export function cardWays(candidates: readonly Candidate[], { masked, namesFilled }: Who): CardWays {
  const of = (kind: Candidate["kind"], ...exactness: Candidate["exactness"][]) =>
    candidates.flatMap((each) => (each.kind === kind && exactness.includes(each.exactness) ? [each.value] : []));
  const codeParts = of("code", "part");
  const phoneParts = of("phone", "part");
  const names = of("name", "whole");
  const ends = of("phone", "end");
  const pairs = nameAndEnd(of("name", "part"), ends, masked);
  // Where a name and last 4 digits stand together, either alone is not what was meant.
  const beside = pairs.length > 0 ? ({ exact: false, fallback: true } as const) : {};
  const ways: CardWay[] = [
    ...wholes(of("phone", "whole"), of("id", "whole"), of("code", "whole")),
    ...of("phone", "masked").map(copiedPhone),
    ...pairs,
    ...names.map((name) => ({ ...nameWay([equalName(name)], nameFilter(name)), isWholeName: true as const })),
    ...ends.map((end) => ({ ...endWay(end, masked), ...beside })),
    ...of("code", "read").map(aloud),
    ...names.flatMap((name) => likeName(name, namesFilled)),
    ...words(of("name", "part"), names),
    ...guesses(of("code", "guess")),
    ...of("id", "start").flatMap(startWays),
    ...of("code", "end").map((end) => codeEnd(end, masked)),
    ...(masked ? [] : phoneParts.map((part) => like(sql`phone like ${contains(part)}`, { phone: part }))),
    ...(masked ? [] : codeParts.map((part) => like(sql`code ilike ${contains(part)}`, { code: part }))),
  ];
  const unasked = phoneParts.some((part) => !readMaskedPhone(part)) || codeParts.some((part) => !readMaskedCode(part));
  return { ways, wholeOnly: masked && unasked };
}

const where = (condition: SQL): SQL => sql`select id from card where ${condition}`;
const like = (condition: SQL, filter: CardFilter | null): CardWay => ({
  exact: false,
  cards: where(condition),
  filter,
  terms: [],
});

const anyOf = (values: readonly string[]): SQL => sql`any(${sql.param([...values])}::text[])`;
export const spellings = (phone: string): string[] => [phone, `86${phone}`];

function wholes(phones: string[], ids: string[], codes: string[]): CardWay[] {
  const way = (condition: SQL, filter: CardFilter | null, terms: string[]): CardWay => ({
    ...{ exact: true, cards: where(condition), terms },
    filter: phones.length + ids.length + codes.length === 1 ? filter : null,
  });
  const terms = (kind: "phone" | "code", values: string[]) => values.flatMap((whole) => termOf(kind, { whole }));
  return [
    ...(phones.length > 0
      ? [
          way(
            sql`phone = ${anyOf(phones.flatMap(spellings))}`,
            phones[0] ? { phone: phones[0] } : null,
            terms("phone", phones),
          ),
        ]
      : []),
    ...(ids.length > 0 ? [way(sql`id = ${anyOf(ids)}`, null, [])] : []),
    ...(codes.length > 0 ? [way(sql`code = ${anyOf(codes)}`, null, terms("code", codes))] : []),
    ...(ids.length > 0 ? [way(sql`user_id = ${anyOf(ids)}`, ids[0] ? { user: ids[0] } : null, [])] : []),
  ];
}

/** Words that may be codes: nicknames come first. */
const guesses = (codes: string[]): CardWay[] =>
  codes.length === 0
    ? []
    : [
        {
          ...like(sql`code = ${anyOf(codes)}`, null),
          terms: codes.flatMap((whole) => termOf("code", { whole })),
        },
      ];

/** As lists show it: 159****8888. */
function copiedPhone(shown: string): CardWay {
  const [start = "", end = ""] = shown.split("****");
  const spelled = sql`(phone like ${`${start}____${end}`} or phone like ${`86${start}____${end}`})`;
  const cards = where(sql`${maskedPhone({ end })} and ${spelled}`);
  return { exact: true, cards, filter: null, terms: termOf("phone", { end }) };
}

const endCondition = (end: string, masked: boolean): SQL =>
  masked ? maskedPhone({ end }) : sql`right(phone, 4) = ${end}`;

const endWay = (end: string, masked: boolean): CardWay => ({
  exact: true,
  cards: where(endCondition(end, masked)),
  filter: { phone: end },
  terms: termOf("phone", { end }),
});

const codeEnd = (end: string, masked: boolean): CardWay => ({
  exact: false,
  cards: where(masked ? maskedCode({ end }) : sql`code ilike ${endsWith(end)}`),
  filter: { code: end },
  terms: termOf("code", { end }),
});

/** As the index `card_code_read_idx` has it. */
const aloud = (folded: string): CardWay => ({
  ...like(sql`translate(lower(code), 'liod', '1100') = ${folded}`, null),
  fallback: true,
  terms: termOf("code", { whole: folded }),
});

/** A name beside last 4 digits means both at once. */
export function nameAndEnd(names: readonly string[], ends: readonly string[], masked: boolean): CardWay[] {
  const query = allWords(names);
  if (query === null) return [];
  return ends.map((end) => ({
    exact: true,
    // Last 4 digits are few cards: their names are looked at one by one.
    cards: sql`select id from card cross join lateral (select terms from card_name where card_id = card.id limit 1) name
      where ${endCondition(end, masked)} and name.terms @@ ${query}::tsquery`,
    filter: { phone: end, ...(names.length === 1 && nameFilter(names[0] ?? "")) },
    terms: termOf("phone", { end }),
  }));
}

const nameWay = (queries: string[], filter: CardFilter | null): CardWay => ({
  exact: false,
  isName: true,
  cards: sql`select card_id as id from card_name where terms @@ ${queries.join(" | ")}::tsquery`,
  filter,
  terms: [],
});

const equalName = (name: string): string => termsEqual(WHOLE + nameKeyOf(name));

function likeName(name: string, namesFilled: boolean): CardWay[] {
  const key = nameKeyOf(name);
  const pinyin = pinyinKeyOf(name);
  // One Latin letter is in nearly every name.
  const part = termsLike(/^[a-z0-9]$/.test(key) ? WHOLE + key : key);
  return [
    nameWay([part], nameFilter(name)),
    ...(pinyin !== null && pinyin !== key ? [nameWay([termsLike(pinyin)], nameFilter(name))] : []),
    ...(namesFilled
      ? []
      : [
          {
            ...like(sql`name_key like ${contains(name.normalize("NFKC").toLowerCase())}`, nameFilter(name)),
            isName: true as const,
          },
        ]),
  ];
}

/** A filter by nickname stands in the address: one that may hold a phone does not. */
const nameFilter = (name: string): CardFilter | null => (/\d{7}/.test(name) ? null : { name });

/** Several words in any order, or one with more around it. */
function words(parts: string[], names: string[]): CardWay[] {
  const query = parts.length === 1 && names.includes(parts[0] ?? "") ? null : allWords(parts);
  return query === null
    ? []
    : [{ ...nameWay([query], parts.length === 1 ? nameFilter(parts[0] ?? "") : null), fallback: true, isWord: true }];
}

const allWords = (parts: readonly string[]): string | null =>
  parts.length === 0 ? null : parts.map((part) => termsLike(nameKeyOf(part))).join(" & ");

/** Lower-case hex sorts before "g". */
const startWays = (start: string): CardWay[] => [
  like(sql`id >= ${start} and id < ${`${start}g`}`, { id: start }),
  like(sql`user_id >= ${start} and user_id < ${`${start}g`}`, { user: start }),
];
