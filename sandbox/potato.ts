import { randomBytes } from "node:crypto";
import { type Call, fields, isAbsent, type Lab, type Result } from "./lab.ts";
import { signatureFlaw, signV1 } from "./potato-sign.ts";
import { keyRow } from "./seed-keys.ts";
import type { Change, KeyRow } from "./types.ts";

const MOST_PER_CALL = 10;
const MOST_PER_PAGE = 1000;

/** PotatoCloud's envelope: the code is a string; with signing on, answers are signed the V1 way. */
function envelope(lab: Lab, now: number, code: string, message: string, data?: unknown): Record<string, unknown> {
  const signed = lab.options.sign !== "none";
  return {
    code,
    message,
    status: code === "200",
    ...(data === undefined ? {} : { data }),
    pc: null,
    time: signed ? now : null,
    sign: signed ? signV1(lab.credentials.potatoSignSecret, now) : null,
  };
}

export function potatoSuccess(lab: Lab, now: number, data: unknown, changes: Change[] = []): Result {
  return { body: envelope(lab, now, "200", "", data), changes, refusal: null };
}

export function potatoFailure(lab: Lab, now: number, code: "403" | "500", message: string): Result {
  return { body: envelope(lab, now, code, message), changes: [], refusal: message };
}

/** App token, user token, signature, in this order. Null when all are right. */
export function authorizePotato(lab: Lab, call: Call): Result | null {
  if (call.headers.askkey !== lab.credentials.potatoAskKey) return potatoFailure(lab, call.now, "403", "askKey无效");
  if (call.headers.apiusertoken !== lab.credentials.potatoUserToken)
    return potatoFailure(lab, call.now, "403", "登录已过期，请重新登录");
  const flaw = signatureFlaw(lab, call);
  return flaw ? potatoFailure(lab, call.now, "500", flaw) : null;
}

/** `/api/createCardMy`: makes 1 to 10 keys of one type. Not idempotent. */
export function createCardMy(lab: Lab, call: Call): Result {
  const { type, total } = fields(call.body);
  const no = (message: string) => potatoFailure(lab, call.now, "500", message);
  if (isAbsent(type)) return no("缺失参数:type");
  if (isAbsent(total)) return no("缺失参数:total");
  if (typeof type !== "number" || !Number.isInteger(type) || type < 0 || type > 5) return no("参数错误:type");
  if (typeof total !== "number" || !Number.isInteger(total) || total < 1) return no("参数错误:total");
  if (total > MOST_PER_CALL) return no("单次最多10条");
  const { made, shown } = bend(call, total, (count) => makeKeys(lab, call.now, type, count));
  lab.store.keys.push(...made);
  const changes = made.map(
    ({ id, cardStr, createdDate }): Change => ({ kind: "key", keyId: id, cardStr, type, createdDate }),
  );
  return potatoSuccess(lab, call.now, shown, changes);
}

/** Fresh keys that are in nobody's list yet. */
export function makeKeys(lab: Lab, now: number, type: number, count: number): KeyRow[] {
  return Array.from({ length: count }, () =>
    keyRow({
      createdDate: now,
      sequence: lab.nextSequence(),
      type,
      cardStr: randomBytes(16).toString("hex").toUpperCase(),
    }),
  );
}

/** What is really made and what the answer shows: the same, unless a fault says otherwise. */
function bend(call: Call, total: number, make: (count: number) => KeyRow[]): { made: KeyRow[]; shown: KeyRow[] } {
  const twist = call.twist?.keys;
  if (!twist) {
    const made = make(total);
    return { made, shown: made };
  }
  if (twist.fault === "keys-more") {
    const made = make(total + twist.by);
    return { made, shown: made };
  }
  const kept = Math.max(twist.fault === "keys-duplicate" ? 1 : 0, total - twist.by);
  const made = make(twist.hide ? total : kept);
  const shown = made.slice(0, kept);
  const first = shown[0];
  if (twist.fault === "keys-duplicate" && first) shown.push(...Array.from({ length: twist.by }, () => first));
  return { made, shown };
}

/** `/api/getCardMyList`: newest first, `p` from 1, `s` up to 1000; no rows is code 203. */
export function getCardMyList(lab: Lab, call: Call): Result {
  const { p, s, cardStr, state, systemStr, type, systemState } = fields(call.body);
  const no = (message: string) => potatoFailure(lab, call.now, "500", message);
  if (isAbsent(p)) return no("缺失参数:p");
  if (isAbsent(s)) return no("缺失参数:s");
  if (typeof p !== "number" || !Number.isInteger(p) || p < 1) return no("参数错误:p");
  if (typeof s !== "number" || !Number.isInteger(s) || s < 1 || s > MOST_PER_PAGE) return no("参数错误:s");
  const same = (wanted: unknown, own: unknown) => isAbsent(wanted) || String(wanted) === String(own);
  const rows: unknown[] = [];
  let skip = (p - 1) * s;
  for (let i = lab.store.keys.length - 1; i >= 0 && rows.length < s; i--) {
    const key = lab.store.keys[i];
    if (!key) continue;
    if (!isAbsent(cardStr) && !key.cardStr.includes(String(cardStr).toUpperCase())) continue;
    if (!same(state, key.state) || !same(type, key.type) || !same(systemStr, key.systemStr)) continue;
    if (!same(systemState, key.systemStr ? 1 : 0)) continue;
    if (skip-- > 0) continue;
    rows.push({ ...key, cardMyId: key.id, userId: "657801374811639808" });
  }
  if (rows.length === 0) return { body: envelope(lab, call.now, "203", "暂无数据", null), changes: [], refusal: null };
  return potatoSuccess(lab, call.now, rows);
}
