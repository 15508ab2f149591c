import "server-only";
import { openText, sealText } from "@/lib/core/app-keys";

export { isSealedByNewest } from "@/lib/core/app-keys";

/** Encrypt with the newest app key, bound to `rowId`: a cipher moved to another row does not open. */
export const encryptKey = (plain: string, rowId: string): Buffer => sealText(plain, rowId);

/** Undo {@link encryptKey}. Throws AppError "key_unreadable" if its app key is gone or the cipher was tampered with. */
export const decryptKey = (sealed: Buffer, rowId: string): string => openText(sealed, rowId);
