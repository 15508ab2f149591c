import "server-only";
import { hkdfSync } from "node:crypto";
import { env } from "../env";
import { AppError } from "../errors";

/** What a derived key is for; a cipher made for one purpose never opens for another. */
export type SealPurpose = "card keys v1" | "one-time codes v1";
export type AppKey = { tag: string; secret: Buffer };

const derived = new Map<SealPurpose, { text: string; keys: AppKey[] }>();

/** Every configured key, newest first, derived for `purpose`. Throws AppError "not_configured" without APP_KEYS. */
export function appKeys(purpose: SealPurpose): [AppKey, ...AppKey[]] {
  const text = env().APP_KEYS ?? "";
  if (derived.get(purpose)?.text !== text) derived.set(purpose, { text, keys: deriveAll(text, purpose) });
  const [first, ...rest] = derived.get(purpose)?.keys ?? [];
  if (!first) throw new AppError("not_configured", "no_app_keys");
  return [first, ...rest];
}

/** `k1:base64,k2:base64` → AES-256 keys. HKDF makes 32 bytes of whatever length was given, for this purpose only. */
function deriveAll(text: string, purpose: SealPurpose): AppKey[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const at = part.indexOf(":");
      const raw = Buffer.from(part.slice(at + 1), "base64");
      return { tag: part.slice(0, at), secret: Buffer.from(hkdfSync("sha256", raw, "cardesk", purpose, 32)) };
    });
}
