import { calls, code, day, type FilterKind, idStart, list, oneOf, phone, text, yesNo } from "./filter-kinds";

export const GONE_CHOICES = ["show", "only"] as const;

type Definition = {
  kind: FilterKind<string | number | boolean | string[]>;
  /** Its name in the URL, if shorter. */
  url?: string;
  /** Never in the URL: the tab remembers it, the URL has a token. */
  isPrivate?: true;
};

/**
 * Every filter of the card table. From a line here follow its URL parameter, type, schema, draft and reset. It also
 * takes a condition (`list/card-conditions.ts`), a field in the form and a message of its name in `cards.filter`.
 */
export const CARD_FILTERS = {
  /** A whole number, its last 4 digits, or any other part. */
  phone: { kind: phone, isPrivate: true },
  /** Any part of a code, in any case. */
  code: { kind: code, isPrivate: true },
  /** Any part of a nickname, in any case and width. */
  name: { kind: text },
  types: { kind: list },
  /** One of our tags, whole, in any case and width. */
  tag: { kind: text },
  /** Calls left; both ends included. Unlimited and unknown balances are in no range. */
  balanceMin: { kind: calls, url: "min" },
  balanceMax: { kind: calls, url: "max" },
  redeemed: { kind: yesNo },
  empty: { kind: yesNo },
  /** Cards the upstream no longer lists; without it they are hidden. */
  gone: { kind: oneOf(GONE_CHOICES) },
  id: { kind: idStart },
  /** The beginning of a customer's user id. */
  user: { kind: idStart },
  /** Days in the console's zone; both included. */
  createdFrom: { kind: day, url: "from" },
  createdTo: { kind: day, url: "to" },
  /** Vanished upstream, or used up, on that day or later and not by us; whatever became of the card since. */
  goneSince: { kind: day },
  emptiedSince: { kind: day },
} as const satisfies Record<string, Definition>;

type Definitions = typeof CARD_FILTERS;
export type CardFilterName = keyof Definitions;
export type CardFilterValue<Name extends CardFilterName> =
  Definitions[Name]["kind"] extends FilterKind<infer Value> ? Value : never;

/** The filters that are set; a missing field does not narrow the list. */
export type CardFilter = { [Name in CardFilterName]?: CardFilterValue<Name> };

type PrivateName = {
  [Name in CardFilterName]: Definitions[Name] extends { isPrivate: true } ? Name : never;
}[CardFilterName];

/** Filters that are never in the URL. */
export type PrivateFilter = Pick<CardFilter, PrivateName>;

export const FILTER_NAMES = Object.keys(CARD_FILTERS) as CardFilterName[];
const isPrivate = (name: CardFilterName): name is PrivateName => "isPrivate" in CARD_FILTERS[name];
export const PRIVATE_FILTERS = FILTER_NAMES.filter(isPrivate);
export const URL_FILTERS = FILTER_NAMES.filter((name) => !isPrivate(name));

/** The name of a filter in the URL. */
export function urlName(name: CardFilterName): string {
  const definition: Definition = CARD_FILTERS[name];
  return definition.url ?? name;
}
