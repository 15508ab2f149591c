import "server-only";
import { AppError } from "@/lib/core/errors";
import { open, seal, tagOf } from "@/lib/core/sealing";
import { appKeys } from "./app-keys";

/** Encrypt with the newest app key, bound to `rowId`: a cipher moved to another row does not open. */
export function encryptKey(plain: string, rowId: string): Buffer {
  return seal(appKeys()[0], plain, rowId);
}

/** Undo {@link encryptKey}. Throws AppError "key_unreadable" if its app key is gone or the cipher was tampered with. */
export function decryptKey(sealed: Buffer, rowId: string): string {
  const keys = appKeys();
  try {
    return open(keys, sealed, rowId);
  } catch (cause) {
    throw new AppError("unavailable", "key_unreadable", { cause });
  }
}

/** Whether a cipher is under the app key that new ones get. */
export const isSealedByNewest = (sealed: Buffer): boolean => tagOf(sealed) === appKeys()[0].tag;
