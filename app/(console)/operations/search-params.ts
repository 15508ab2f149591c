import {
  createLoader,
  createParser,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { MAX_PAGE, PAGE_SIZES } from "@/lib/core/paging";
import { isDay } from "@/lib/format/dates";
import { MAX_NOTE, OPERATION_KINDS, OPERATION_STATES } from "@/lib/operations/types";

/** A card's whole id; anything else is unset. No phone and no code may appear in a URL. */
const parseAsCardId = createParser({
  parse: (text) => (/^[0-9a-f]{32}$/i.test(text) ? text : null),
  serialize: (id: string) => id,
});

/** The operations table's URL parameters; `q` is a token for the text this tab remembers: it may be a phone or a code. */
export const operationParams = {
  kinds: parseAsArrayOf(parseAsStringLiteral(OPERATION_KINDS)).withDefault([]),
  states: parseAsArrayOf(parseAsStringLiteral(OPERATION_STATES)).withDefault([]),
  actor: parseAsString.withDefault(""),
  card: parseAsCardId.withDefault(""),
  q: parseAsString.withDefault(""),
  person: parseAsBoolean.withDefault(false),
  from: parseAsString,
  to: parseAsString,
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(50),
};

export const loadOperationParams = createLoader(operationParams);
export type OperationParams = Awaited<ReturnType<typeof loadOperationParams>>;

/** The list verb's input; equal on the server and in the browser, so that the first rows are found in the cache. */
export const operationQueryOf = (params: OperationParams, text = "") => ({
  kinds: params.kinds,
  states: params.states,
  actor: params.actor.slice(0, 64),
  cardId: params.card,
  text: text.slice(0, MAX_NOTE),
  needsManualResolution: params.person,
  from: params.from && isDay(params.from) ? params.from : null,
  to: params.to && isDay(params.to) ? params.to : null,
  page: Math.min(Math.max(1, params.page), MAX_PAGE),
  size: params.size,
});

export type OperationQuery = ReturnType<typeof operationQueryOf>;
