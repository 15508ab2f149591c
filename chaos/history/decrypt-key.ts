import { createDecipheriv, hkdfSync } from "node:crypto";

/**
 * Decrypt a card key with APP_KEYS, independently of the console's code. The format is the one of
 * lib/core/sealing.ts: format (1), length of the tag (1), tag, iv (12), mac (16), text; AES-256-GCM bound to the
 * row's id. Null if it can't be decrypted.
 */
export function decryptKey(cipher: Buffer, rowId: string, appKeys: string): string | null {
  const ivAt = 2 + (cipher[1] ?? 0);
  const tag = cipher.subarray(2, ivAt).toString();
  const entry = appKeys.split(",").find((each) => each.startsWith(`${tag}:`));
  if (cipher[0] !== 1 || !entry) return null;
  const raw = Buffer.from(entry.slice(tag.length + 1), "base64");
  const secret = Buffer.from(hkdfSync("sha256", raw, "cardesk", "card keys v1", 32));
  try {
    const decipher = createDecipheriv("aes-256-gcm", secret, cipher.subarray(ivAt, ivAt + 12));
    decipher.setAAD(Buffer.from(rowId));
    decipher.setAuthTag(cipher.subarray(ivAt + 12, ivAt + 28));
    return Buffer.concat([decipher.update(cipher.subarray(ivAt + 28)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
