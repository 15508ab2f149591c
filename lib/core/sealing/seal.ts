import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "../errors";
import { type AppKey, appKeys, type SealPurpose } from "./app-keys";

const FORMAT = 1;
const IV = 12;
const MAC = 16;

/**
 * Encrypt with the newest app key, bound to `rowId`: a cipher moved to another row does not open.
 * Layout: format (1), length of the tag (1), tag, iv (12), mac (16), cipher text.
 */
export function seal(plain: string, rowId: string, purpose: SealPurpose): Buffer {
  const [{ tag, secret }] = appKeys(purpose);
  const iv = randomBytes(IV);
  const cipher = createCipheriv("aes-256-gcm", secret, iv);
  cipher.setAAD(Buffer.from(rowId));
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  const name = Buffer.from(tag);
  return Buffer.concat([Buffer.from([FORMAT, name.length]), name, iv, cipher.getAuthTag(), text]);
}

/** Undo {@link seal}. Throws AppError "key_unreadable" if its app key is gone or the cipher was tampered with. */
export function unseal(sealed: Buffer, rowId: string, purpose: SealPurpose): string {
  const { tag, iv, mac, text } = parts(sealed);
  const key = appKeys(purpose).find((candidate: AppKey) => candidate.tag === tag);
  if (!key) throw new AppError("unavailable", "key_unreadable");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key.secret, iv);
    decipher.setAAD(Buffer.from(rowId));
    decipher.setAuthTag(mac);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new AppError("unavailable", "key_unreadable", { cause });
  }
}

function parts(sealed: Buffer) {
  if (sealed[0] !== FORMAT) throw new AppError("unavailable", "key_unreadable");
  const ivAt = 2 + (sealed[1] ?? 0);
  const macAt = ivAt + IV;
  return {
    tag: sealed.subarray(2, ivAt).toString(),
    iv: sealed.subarray(ivAt, macAt),
    mac: sealed.subarray(macAt, macAt + MAC),
    text: sealed.subarray(macAt + MAC),
  };
}

/** Whether a cipher is under the app key that new ones get. */
export const isSealedByNewest = (sealed: Buffer, purpose: SealPurpose): boolean =>
  parts(sealed).tag === appKeys(purpose)[0].tag;
