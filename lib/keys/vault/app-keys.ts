import "server-only";
import { hkdfSync } from "node:crypto";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";

export type AppKey = { tag: string; secret: Buffer };

let parsed: { text: string; keys: AppKey[] } = { text: "", keys: [] };

/** Every configured key, newest first, derived for the card keys. Throws AppError "not_configured" without APP_KEYS. */
export function appKeys(): [AppKey, ...AppKey[]] {
  const text = env().APP_KEYS ?? "";
  if (parsed.text !== text) parsed = { text, keys: parseAppKeys(text) };
  const [first, ...rest] = parsed.keys;
  if (!first) throw new AppError("not_configured", "no_app_keys");
  return [first, ...rest];
}

/** `k1:base64,k2:base64` → AES-256 keys. HKDF makes 32 bytes of whatever length was given, for this purpose only. */
function parseAppKeys(text: string): AppKey[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const at = part.indexOf(":");
      const raw = Buffer.from(part.slice(at + 1), "base64");
      return { tag: part.slice(0, at), secret: Buffer.from(hkdfSync("sha256", raw, "cardesk", "card keys v1", 32)) };
    });
}
