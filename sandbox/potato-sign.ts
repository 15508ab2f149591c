import { createHash } from "node:crypto";
import { type Call, fields, isAbsent, type Lab } from "./lab.ts";

const NONCE_MEMORY_MS = 120_000;
const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** V1: md5 of secret and time, also what answers are signed with. */
export const signV1 = (secret: string, time: string | number): string => md5(`${secret}${time}`);

/** V3: the body's filled parameters by name, then secret, time and nonce. Numbers as JSON writes them. */
export function signV3(body: unknown, secret: string, time: string, nonce: string): string {
  const parts = Object.entries(fields(body))
    .filter(([, value]) => !isAbsent(value))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `&${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  return md5(`${parts.join("")}&${secret}&${time}&${nonce}`);
}

/** Why a request's signature does not hold; null when it does or none is asked for. Uses the nonce up. */
export function signatureFlaw(lab: Lab, call: Call): string | null {
  const mode = lab.options.sign;
  if (mode === "none") return null;
  const [time, sign, nonce] = [header(call, "time"), header(call, "sign"), header(call, "nonce")];
  if (!/^\d{13}$/.test(time) || !sign) return "验签失败：缺少time或sign";
  const tolerance = lab.options.timeToleranceMs;
  if (tolerance !== null && Math.abs(Number(time) - call.now) > tolerance) return "验签失败：time已过期";
  const secret = lab.credentials.potatoSignSecret;
  if (mode === "v1") return sign === signV1(secret, time) ? null : "验签失败";
  if (!/^[A-Za-z0-9]{32}$/.test(nonce)) return "验签失败：nonce格式错误";
  if (sign !== signV3(call.body, secret, time, nonce)) return "验签失败";
  return reuse(lab.nonces, nonce, Date.now()) ? "验签失败：nonce重复" : null;
}

function reuse(nonces: Map<string, number>, nonce: string, now: number): boolean {
  for (const [old, until] of nonces) {
    if (until > now) break;
    nonces.delete(old);
  }
  if (nonces.has(nonce)) return true;
  nonces.set(nonce, now + NONCE_MEMORY_MS);
  return false;
}

function header(call: Call, name: string): string {
  const value = call.headers[name];
  return typeof value === "string" ? value : "";
}
