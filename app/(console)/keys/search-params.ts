import {
  createLoader,
  parseAsArrayOf,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { MAX_PAGE, PAGE_SIZES } from "@/lib/core/paging";
import { isDay } from "@/lib/format/dates";
import { BATCH_STATES, KEY_TYPES } from "@/lib/keys/types";

/** The batch table's URL parameters. */
export const batchParams = {
  types: parseAsArrayOf(parseAsNumberLiteral(KEY_TYPES)).withDefault([]),
  states: parseAsArrayOf(parseAsStringLiteral(BATCH_STATES)).withDefault([]),
  creator: parseAsString.withDefault(""),
  note: parseAsString.withDefault(""),
  from: parseAsString,
  to: parseAsString,
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(20),
};

export const loadBatchParams = createLoader(batchParams);
export type BatchParams = Awaited<ReturnType<typeof loadBatchParams>>;

const dayOf = (text: string | null): string | null => (text && isDay(text) ? text : null);

/** The list verb's input; equal on the server and in the browser, so that the first rows are found in the cache. */
export const batchQueryOf = (params: BatchParams) => ({
  types: params.types,
  states: params.states,
  creator: params.creator.slice(0, 64),
  note: params.note.slice(0, 200),
  from: dayOf(params.from),
  to: dayOf(params.to),
  page: Math.min(Math.max(1, params.page), MAX_PAGE),
  size: params.size,
});

export type BatchQuery = ReturnType<typeof batchQueryOf>;
