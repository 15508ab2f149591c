import "server-only";
import { hkdfSync } from "node:crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

export type AppKey = { tag: string; secret: Buffer };

/** Every configured key, newest first, each derived for one purpose. Throws AppError "not_configured" without APP_KEYS. */
export function appKeys(purpose: string): [AppKey, ...AppKey[]] {
  const [first, ...rest] = parseAppKeys(env().APP_KEYS ?? "", purpose);
  if (!first) throw new AppError("not_configured", "no_app_keys");
  return [first, ...rest];
}

/** `k1:base64,k2:base64` → AES-256 keys. HKDF makes 32 bytes of whatever length was given. */
export function parseAppKeys(text: string, purpose: string): AppKey[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const at = part.indexOf(":");
      const raw = Buffer.from(part.slice(at + 1), "base64");
      return { tag: part.slice(0, at), secret: Buffer.from(hkdfSync("sha256", raw, "cardesk", purpose, 32)) };
    });
}
