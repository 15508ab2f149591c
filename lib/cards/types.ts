import type { Balance, Card } from "@/lib/upstream";
import type { CardFilter } from "./filter/card-filters";

export { COUNTED } from "./counted";
export {
  type CardFilter,
  type CardFilterName,
  GONE_CHOICES,
  PRIVATE_FILTERS,
  type PrivateFilter,
  URL_FILTERS,
  urlName,
} from "./filter/card-filters";
export { type FilterErrors, type FilterTexts, forEachFilter, readFilters, writeFilters } from "./filter/filter-texts";
export { isMaskedSort, maskedErrors } from "./filter/masked-search";
export { cardTypeKey, destroyProblems, PAID_TYPES, type Problem, transferProblems } from "./rules";
export type { Balance, Card };

/** The sortable columns of the card table; nothing else is used in an ORDER BY. */
export const CARD_SORTS = [
  ...(["id", "code", "type", "name", "phone", "balance", "created", "updated", "state"] as const),
  ...(["used1", "used7", "used30", "idle"] as const),
] as const;
export type CardSort = { id: (typeof CARD_SORTS)[number]; desc: boolean };

export type CardQuery = {
  filter: CardFilter;
  sort: CardSort;
  page: number;
  size: number;
  /** Count all of them, however long that takes. */
  exact?: boolean | undefined;
};

/** A row of the card table: phone and code are masked by the server. Times are ISO. */
export type CardRow = {
  id: string;
  maskedCode: string;
  type: string;
  userName: string | null;
  /** Null until redeemed. */
  maskedPhone: string | null;
  balance: Balance;
  createdAt: string | null;
  updatedAt: string | null;
  gone: boolean;
  /** The operation that has the card locked. */
  lockedBy: string | null;
  /** Its outcome is unknown. */
  inDoubt: boolean;
};

export type CardList = {
  rows: CardRow[];
  total: number;
  /** False: there are at least `total`. */
  exact: boolean;
  page: number;
  size: number;
};

/** How many cards of each kind the mirror has, gone ones counted separately. */
export type CardFacets = {
  /** Listed cards; the other counts are of these. */
  total: number;
  types: { type: string; count: number }[];
  redeemed: number;
  empty: number;
  gone: number;
};

/** Calls used, and whole days since the last use; of a card that was never seen to be used nothing is known. */
export type CardUse = { today: number; days7: number; days30: number; idleDays: number };

/** A filter and an order under a name. It never has a phone or a code. */
export type CardView = {
  id: string;
  name: string;
  /** Everybody sees it. */
  shared: boolean;
  own: boolean;
  ownerName: string;
  mayDelete: boolean;
  /** The reader's cards table opens with it. */
  isDefault: boolean;
  filter: CardFilter;
  sort: CardSort;
};

export const MAX_VIEW_NAME = 40;

/** So many tags of ours on one card. */
export const MAX_TAGS = 10;

/** What a filter finds, summed up. */
export type CardSummary = {
  total: number;
  /** False: `total`, `types` and `empty` are at least so many. */
  exact: boolean;
  /** The most cards first. */
  types: { type: string; count: number }[];
  empty: number;
  /** Calls left on the cards whose balance is a number. */
  calls: number;
  /** False: there are at least so many calls, unlimited and unknown ones. */
  callsExact: boolean;
  unlimited: number;
  unknown: number;
};

/** The longest text the find box takes: a chat message, or some hundred phones. Longer is refused in words, never cut. */
export const MAX_FIND_TEXT = 2000;

/** The result of the find box. */
export type FoundCards = {
  rows: CardRow[];
  total: number;
  /** There are more than these. */
  more: boolean;
  /** Those found like the first one as a filter of the card table, and how many they are; null if no filter says it. */
  all: { filter: CardFilter; count: number } | null;
  /**
   * For a longer text, what of it was looked up: how many phones, codes and ids, and those without a card, masked. Null
   * when the text as a whole was looked up.
   */
  within: { count: number; missing: string[] } | null;
  /** The one card the text identifies. */
  jumpTo: string | null;
  /** It may be a part of a phone or code; by that nothing was looked for, since the user sees those masked. */
  wholeOnly: boolean;
};

/** Somebody with several cards; the phone is masked. */
export type FoundCustomer = { userId: string; userName: string | null; maskedPhone: string | null; cards: number };

/** The answer to a live look-up; null: the upstream has no such card. */
export type LookedUpCard = {
  card:
    | (Pick<CardRow, "id" | "maskedCode" | "type" | "userName" | "maskedPhone" | "balance"> & {
        /** It is in the mirror too, so it has a page. */
        mirrored: boolean;
      })
    | null;
};

/** Everything known of one card; phone and code masked, times ISO. */
export type CardDetail = CardRow & {
  userId: string | null;
  firstSeenAt: string;
  /** When its values were last confirmed by the upstream. */
  readAt: string;
  goneAt: string | null;
  lockOwner: { operationId: string; kind: string; state: string; actorName: string } | null;
  /** Ours, in the order they were added. */
  tags: string[];
  /** Balance changes, oldest first. */
  history: { at: string; balance: Balance }[];
};

/** What the budget of calls costs in freshness. Times are ISO. */
export type FullReading = {
  callsPerMinute: number;
  /** About how long a reading of the whole list takes at this budget, in whole minutes; null before anything is known. */
  minutes: number | null;
  /** The last reading that certainly saw every card; null: none is remembered. */
  last: { startedAt: string; finishedAt: string } | null;
};
