import {
  createLoader,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { CARD_SORTS, type CardFilter, type CardQuery, GONE_CHOICES } from "@/lib/cards/types";
import { PAGE_SIZES } from "@/lib/core/paging";
import { isDay } from "@/lib/format/dates";

const YES_NO = ["yes", "no"] as const;

/** The card table's URL parameters. Never phones and codes: `q` is a token for those this tab remembers. */
export const cardParams = {
  name: parseAsString.withDefault(""),
  id: parseAsString.withDefault(""),
  types: parseAsArrayOf(parseAsString).withDefault([]),
  min: parseAsInteger,
  max: parseAsInteger,
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  redeemed: parseAsStringLiteral(YES_NO),
  empty: parseAsStringLiteral(YES_NO),
  gone: parseAsStringLiteral(GONE_CHOICES).withDefault("hide"),
  sort: parseAsStringLiteral(CARD_SORTS).withDefault("created"),
  desc: parseAsBoolean.withDefault(true),
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(50),
  q: parseAsString.withDefault(""),
};

export const loadCardParams = createLoader(cardParams);
export type CardParams = Awaited<ReturnType<typeof loadCardParams>>;

/** Filters that must never appear in the URL. */
export type PrivateFilter = Pick<CardFilter, "phone" | "code">;

/** The list verb's input; equal on the server and in the browser. Invalid values are dropped. */
export function cardQueryOf(params: CardParams, privateFilter: PrivateFilter = {}): CardQuery {
  return {
    filter: { ...filterOf(params), ...privateFilter },
    sort: { id: params.sort, desc: params.desc },
    page: Math.min(Math.max(1, params.page), 1_000_000),
    size: params.size,
  };
}

function filterOf({ name, id, types, min, max, from, to, redeemed, empty, gone }: CardParams): CardFilter {
  return {
    ...(name.trim() && { name: name.trim().slice(0, 64) }),
    ...(/^[0-9a-f]{1,32}$/i.test(id) && { id: id.toLowerCase() }),
    ...(types.length > 0 && { types: types.slice(0, 50).map((type) => type.slice(0, 16)) }),
    ...(isCalls(min) && { balanceMin: min }),
    ...(isCalls(max) && { balanceMax: max }),
    ...(isDay(from) && { createdFrom: from }),
    ...(isDay(to) && { createdTo: to }),
    ...(redeemed && { redeemed: redeemed === "yes" }),
    ...(empty && { empty: empty === "yes" }),
    ...(gone !== "hide" && { gone }),
  };
}

const isCalls = (value: number | null): value is number => value !== null && Number.isSafeInteger(value) && value >= 0;
