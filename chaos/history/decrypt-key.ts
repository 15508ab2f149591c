import { createDecipheriv, hkdfSync } from "node:crypto";

/**
 * Open a card key's cipher with nothing but APP_KEYS and the format's description (lib/keys/vault/encrypt-key.ts): format (1),
 * length of the tag (1), tag, iv (12), mac (16), text; AES-256-GCM bound to the row's id. Null if it does not open.
 */
export function openKey(sealed: Buffer, rowId: string, appKeys: string): string | null {
  const ivAt = 2 + (sealed[1] ?? 0);
  const tag = sealed.subarray(2, ivAt).toString();
  const entry = appKeys.split(",").find((each) => each.startsWith(`${tag}:`));
  if (sealed[0] !== 1 || !entry) return null;
  const raw = Buffer.from(entry.slice(tag.length + 1), "base64");
  const secret = Buffer.from(hkdfSync("sha256", raw, "cardesk", "card keys v1", 32));
  try {
    const decipher = createDecipheriv("aes-256-gcm", secret, sealed.subarray(ivAt, ivAt + 12));
    decipher.setAAD(Buffer.from(rowId));
    decipher.setAuthTag(sealed.subarray(ivAt + 12, ivAt + 28));
    return Buffer.concat([decipher.update(sealed.subarray(ivAt + 28)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
