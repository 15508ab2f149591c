import { randomBytes } from "node:crypto";
import { fields, isAbsent } from "../core/fields.ts";
import type { Change } from "../store/journal.ts";
import { type KeyRow, keyRow } from "../store/key-row.ts";
import type { Call, Override } from "../upstream/call.ts";
import type { CallResult } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { potatoFailure, potatoSuccess } from "./potato-envelope.ts";

export const MAX_PER_CALL = 10;

/** `/api/createCardMy`: makes 1 to 10 keys of one type. Not idempotent. */
export function createKeys(state: UpstreamState, call: Call): CallResult {
  const { type, total } = fields(call.body);
  const refuse = (message: string) => potatoFailure(state, call.now, "500", message);
  if (isAbsent(type)) return refuse("缺失参数:type");
  if (isAbsent(total)) return refuse("缺失参数:total");
  if (typeof type !== "number" || !Number.isInteger(type) || type < 0 || type > 5) return refuse("参数错误:type");
  if (typeof total !== "number" || !Number.isInteger(total) || total < 1) return refuse("参数错误:total");
  if (total > MAX_PER_CALL) return refuse("单次最多10条");
  const { made, shown } = applyOverride(call.override?.keys, total, (count) => makeKeys(state, call.now, type, count));
  state.store.keys.push(...made);
  const changes = made.map(
    ({ id, cardStr, createdDate }): Change => ({ kind: "key", keyId: id, cardStr, type, createdDate }),
  );
  return potatoSuccess(state, call.now, shown, changes);
}

/** New keys, not in the store yet. */
export function makeKeys(state: UpstreamState, now: number, type: number, count: number): KeyRow[] {
  return Array.from({ length: count }, () =>
    keyRow({
      createdDate: now,
      sequence: state.nextSequence(),
      type,
      cardStr: randomBytes(16).toString("hex").toUpperCase(),
      ip: state.options.keyMakerIp,
    }),
  );
}

/** The keys really made and the keys in the response: the same, unless a fault overrides it. */
function applyOverride(
  override: Override["keys"],
  total: number,
  make: (count: number) => KeyRow[],
): { made: KeyRow[]; shown: KeyRow[] } {
  if (!override || override.fault === "keys-more") {
    const made = make(total + (override?.by ?? 0));
    return { made, shown: made };
  }
  const { fault, by, hide } = override;
  const kept = Math.max(fault === "keys-duplicate" ? 1 : 0, total - by);
  const made = make(hide ? total : kept);
  const shown = made.slice(0, kept);
  const first = shown[0];
  if (fault === "keys-duplicate" && first) shown.push(...Array.from({ length: by }, () => first));
  return { made, shown };
}
