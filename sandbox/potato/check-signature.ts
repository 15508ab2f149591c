import type { Call } from "../upstream/call.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { signV1, signV3 } from "./potato-sign.ts";

const NONCE_MEMORY_MS = 120_000;

/** Why a request's signature is refused; null when it is right or signing is off. Marks the nonce as used. */
export function checkSignature({ options, credentials, nonces }: UpstreamState, call: Call): string | null {
  const mode = options.sign;
  if (mode === "none") return null;
  const [time, sign, nonce] = [header(call, "time"), header(call, "sign"), header(call, "nonce")];
  if (!/^\d{13}$/.test(time) || !sign) return "验签失败：缺少time或sign";
  const tolerance = options.timeToleranceMs;
  if (tolerance !== null && Math.abs(Number(time) - call.now) > tolerance) return "验签失败：time已过期";
  const secret = credentials.potatoSignSecret;
  if (mode === "v1") return sign === signV1(secret, time) ? null : "验签失败";
  if (!/^[A-Za-z0-9]{32}$/.test(nonce)) return "验签失败：nonce格式错误";
  if (sign !== signV3(call.body, secret, time, nonce)) return "验签失败";
  return consumeNonce(nonces, nonce, Date.now()) ? null : "验签失败：nonce重复";
}

/** False if the nonce was used before. */
function consumeNonce(nonces: Map<string, number>, nonce: string, now: number): boolean {
  for (const [old, until] of nonces) {
    if (until > now) break;
    nonces.delete(old);
  }
  if (nonces.has(nonce)) return false;
  nonces.set(nonce, now + NONCE_MEMORY_MS);
  return true;
}

function header(call: Call, name: string): string {
  const value = call.headers[name];
  return typeof value === "string" ? value : "";
}
