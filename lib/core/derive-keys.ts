import "server-only";
import { hkdfSync } from "node:crypto";

/** A key made of one of APP_KEYS for one purpose; `tag` is that one's name. */
export type DerivedKey = { tag: string; secret: Buffer };

/**
 * `k2:base64,k1:base64` → one 32-byte key each, newest first. HKDF makes them of whatever length was given, for `purpose`
 * only: the same app key gives every purpose another key.
 */
export function deriveKeys(appKeys: string | undefined, purpose: string): DerivedKey[] {
  return (appKeys ?? "")
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const at = part.indexOf(":");
      const raw = Buffer.from(part.slice(at + 1), "base64");
      return { tag: part.slice(0, at), secret: Buffer.from(hkdfSync("sha256", raw, "cardesk", purpose, 32)) };
    });
}
