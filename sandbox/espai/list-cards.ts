import { fields, isAbsent } from "../core/fields.ts";
import type { CardRow } from "../store/card-row.ts";
import type { Call } from "../upstream/call.ts";
import type { CallResult } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { espaiFailure, espaiSuccess } from "./espai-envelope.ts";

/** `/cdkey/list`: all cards that match, newest first; by default page 1 of 9999 rows. */
export function listCards({ store, options }: UpstreamState, call: Call): CallResult {
  const given = fields(call.body);
  for (const [name, value] of Object.entries(given)) {
    if (!isAbsent(value) && typeof value !== "string") return espaiFailure(`参数类型错误:${name}`, 401);
  }
  const matches = [...store.cards.values()].filter(filterOf(given, options.filters === "partial"));
  const limit = positive(given.limit, 9999);
  const from = (positive(given.page, 1) - 1) * limit;
  const page = options.ignorePaging ? matches : matches.slice(from, from + limit);
  const data: unknown[] = [...page, ...page.slice(0, options.duplicates), ...badRows(options.badRows)];
  const totalNumber = options.totalNumber === "rows" ? data.length : matches.length;
  return espaiSuccess({ message: "请求成功", data, totalNumber, success: true });
}

function filterOf(given: Record<string, unknown>, partial: boolean): (card: CardRow) => boolean {
  const tests: ((card: CardRow) => boolean)[] = [];
  const want = (value: unknown, read: (card: CardRow) => unknown, match: "exact" | "maybe partial") => {
    if (isAbsent(value)) return;
    const text = String(value);
    const contains = partial && match === "maybe partial";
    tests.push((card) => {
      const own = read(card);
      if (own === null) return false;
      return contains ? String(own).includes(text) : String(own) === text;
    });
  };
  want(given.id, (card) => card.id, "exact");
  want(given.type, (card) => card.type, "exact");
  want(given.code, (card) => card.code, "maybe partial");
  // The vendor's table says username, its example sends user_name: which one works is unknown, so both do.
  want(given.username, (card) => card.user_name, "maybe partial");
  want(given.user_name, (card) => card.user_name, "maybe partial");
  want(given.user_phone, (card) => card.user_phone, "maybe partial");
  want(given.api_limit, (card) => card.api_limit, "exact");
  return (card) => tests.every((test) => test(card));
}

function positive(value: unknown, fallback: number): number {
  const number = Number(value);
  return !isAbsent(value) && Number.isInteger(number) && number >= 1 ? number : fallback;
}

/** Rows no client can read: not an object, no id, an id of the wrong type. */
function badRows(count: number): unknown[] {
  const kinds: unknown[] = [null, { code: "noIdHere", type: "1", api_limit: 5 }, { id: 42, code: null, api_limit: {} }];
  return Array.from({ length: count }, (_, i) => kinds[i % kinds.length]);
}
