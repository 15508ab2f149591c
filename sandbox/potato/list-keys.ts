import { fields, isAbsent } from "../core/fields.ts";
import { type KeyRow, keyMadeAt } from "../store/key-row.ts";
import type { Call } from "../upstream/call.ts";
import type { CallResult } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { potatoFailure, potatoNothingFound, potatoSuccess } from "./potato-envelope.ts";

const MAX_PER_PAGE = 1000;

/** `/api/getCardMyList`: newest first, page `p` from 1, page size `s` up to 1000. */
export function listKeys(state: UpstreamState, call: Call): CallResult {
  const given = fields(call.body);
  const { p, s } = given;
  const refuse = (message: string) => potatoFailure(state, call.now, "500", message);
  if (isAbsent(p)) return refuse("缺失参数:p");
  if (isAbsent(s)) return refuse("缺失参数:s");
  if (typeof p !== "number" || !Number.isInteger(p) || p < 1) return refuse("参数错误:p");
  if (typeof s !== "number" || !Number.isInteger(s) || s < 1 || s > MAX_PER_PAGE) return refuse("参数错误:s");
  const rows = listedPage(state.store.keys, given, { page: p, size: s, options: state.options });
  if (rows.length === 0) return potatoNothingFound(state, call.now);
  return potatoSuccess(
    state,
    call.now,
    rows.map((key) => ({ ...key, cardMyId: key.id, userId: "657801374811639808" })),
  );
}

type Asked = { page: number; size: number; options: UpstreamState["options"] };

/** A page as the options have it: late, capped, repeated beyond the end. */
function listedPage(
  keys: readonly KeyRow[],
  filter: Record<string, unknown>,
  { page, size, options: { listLagMs, keyPageCap, keyPageStep, keyPageEnd } }: Asked,
): KeyRow[] {
  const listed = listLagMs === 0 ? keys : keys.filter((key) => keyMadeAt(key) <= Date.now() - listLagMs);
  const limit = Math.min(size, keyPageCap ?? size);
  const step = keyPageStep === "asked" ? size : limit;
  const rows = rowsFrom(listed, filter, (page - 1) * step, limit);
  if (rows.length > 0 || keyPageEnd === "nothing") return rows;
  const total = listed.filter((key) => matches(key, filter)).length;
  return rowsFrom(listed, filter, Math.floor(Math.max(0, total - 1) / step) * step, limit);
}

/** Reads from the end and stops at a full page: batches page through thousands of keys. */
function rowsFrom(keys: readonly KeyRow[], filter: Record<string, unknown>, offset: number, limit: number): KeyRow[] {
  const rows: KeyRow[] = [];
  let skip = offset;
  for (let i = keys.length - 1; i >= 0 && rows.length < limit; i--) {
    const key = keys[i];
    if (key && matches(key, filter) && skip-- <= 0) rows.push(key);
  }
  return rows;
}

function matches(key: KeyRow, { cardStr, state, systemStr, type, systemState }: Record<string, unknown>): boolean {
  const same = (wanted: unknown, own: unknown) => isAbsent(wanted) || String(wanted) === String(own);
  return (
    (isAbsent(cardStr) || key.cardStr.includes(String(cardStr).toUpperCase())) &&
    same(state, key.state) &&
    same(type, key.type) &&
    same(systemStr, key.systemStr) &&
    same(systemState, key.systemStr ? 1 : 0)
  );
}
