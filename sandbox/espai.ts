import { answer, type Call, fields, isAbsent, type Lab, type Result } from "./lab.ts";
import { findCard } from "./store.ts";
import type { CardRow } from "./types.ts";

/** ESP-AI's failure envelope. Business refusals carry 500, missing parameters and keys 401. */
export function espaiFailure(message: string, code = 500): Result {
  return { body: { success: false, message, code }, changes: [], refusal: message };
}

/** The `authorization` header is the bare 32-character key, no Bearer. Null when it is right. */
export function authorizeEspai(lab: Lab, call: Call): Result | null {
  if (!call.headers.authorization) return espaiFailure("缺失参数:authorization", 401);
  if (call.headers.authorization !== lab.credentials.espaiKey) return espaiFailure("open_api_key无效", 401);
  return null;
}

/** The required string parameters, or the failure that names the first missing or mistyped one. */
export function required<K extends string>(body: unknown, names: readonly K[]): Record<K, string> | Result {
  const given = fields(body);
  const found: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = given[name];
    if (isAbsent(value)) return espaiFailure(`缺失参数:${name}`, 401);
    if (typeof value !== "string") return espaiFailure(`参数类型错误:${name}`, 401);
    found[name] = value;
  }
  return found as Record<K, string>;
}

export const isResult = (value: object): value is Result => "refusal" in value && "changes" in value;

/** `/cdkey/detail`: one card by phone and code. */
export function detail(lab: Lab, call: Call): Result {
  const given = required(call.body, ["phone", "code"]);
  if (isResult(given)) return given;
  const card = findCard(lab.store, given.phone, given.code);
  return card ? answer({ success: true, message: "请求成功", data: card }) : espaiFailure("额度卡不存在");
}

/** `/cdkey/list`: all cards that match, newest first, page 1 of 9999 rows unless told otherwise. */
export function list(lab: Lab, call: Call): Result {
  const given = fields(call.body);
  for (const [name, value] of Object.entries(given)) {
    if (!isAbsent(value) && typeof value !== "string") return espaiFailure(`参数类型错误:${name}`, 401);
  }
  const matches = [...lab.store.cards.values()].filter(filterOf(given, lab.options.filters === "partial"));
  const limit = positive(given.limit, 9999);
  const from = (positive(given.page, 1) - 1) * limit;
  const page = lab.options.ignorePaging ? matches : matches.slice(from, from + limit);
  const data: unknown[] = [...page, ...page.slice(0, lab.options.duplicates), ...badRows(lab.options.badRows)];
  const totalNumber = lab.options.totalNumber === "rows" ? data.length : matches.length;
  return answer({ message: "请求成功", data, totalNumber, success: true });
}

function filterOf(given: Record<string, unknown>, partial: boolean): (card: CardRow) => boolean {
  const tests: ((card: CardRow) => boolean)[] = [];
  const want = (value: unknown, read: (card: CardRow) => unknown, mayBePart: boolean) => {
    if (isAbsent(value)) return;
    const text = String(value);
    const contains = partial && mayBePart;
    tests.push((card) => {
      const own = read(card);
      if (own === null) return false;
      return contains ? String(own).includes(text) : String(own) === text;
    });
  };
  want(given.id, (card) => card.id, false);
  want(given.type, (card) => card.type, false);
  want(given.code, (card) => card.code, true);
  // The vendor's table says username, its example sends user_name: which one works is unknown, so both do.
  want(given.username, (card) => card.user_name, true);
  want(given.user_name, (card) => card.user_name, true);
  want(given.user_phone, (card) => card.user_phone, true);
  want(given.api_limit, (card) => card.api_limit, false);
  return (card) => tests.every((test) => test(card));
}

function positive(value: unknown, fallback: number): number {
  const number = Number(value);
  return !isAbsent(value) && Number.isInteger(number) && number >= 1 ? number : fallback;
}

/** Rows no client can read: not an object, no id, an id of the wrong kind. */
function badRows(count: number): unknown[] {
  const kinds: unknown[] = [null, { code: "noIdHere", type: "1", api_limit: 5 }, { id: 42, code: null, api_limit: {} }];
  return Array.from({ length: count }, (_, i) => kinds[i % kinds.length]);
}
