import "server-only";
import { isSealedByNewest as isSealed, seal, unseal } from "@/lib/core/sealing/seal";

const PURPOSE = "card keys v1";

/** Encrypt a card key with the newest app key, bound to `rowId`. */
export const encryptKey = (plain: string, rowId: string): Buffer => seal(plain, rowId, PURPOSE);

/** Undo {@link encryptKey}. Throws AppError "key_unreadable" if its app key is gone or the cipher was tampered with. */
export const decryptKey = (sealed: Buffer, rowId: string): string => unseal(sealed, rowId, PURPOSE);

/** Whether a cipher is under the app key that new ones get. */
export const isSealedByNewest = (sealed: Buffer): boolean => isSealed(sealed, PURPOSE);
