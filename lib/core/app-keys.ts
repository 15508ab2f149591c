import "server-only";
import { env } from "./env";
import { AppError } from "./errors";
import { type AppKey, open, parseAppKeys, seal, tagOf } from "./sealing";

let parsed: { text: string; keys: AppKey[] } = { text: "", keys: [] };

/** Every configured key, newest first. Throws AppError "not_configured" without APP_KEYS. */
export function appKeys(): [AppKey, ...AppKey[]] {
  const text = env().APP_KEYS ?? "";
  if (parsed.text !== text) parsed = { text, keys: parseAppKeys(text) };
  const [first, ...rest] = parsed.keys;
  if (!first) throw new AppError("not_configured", "no_app_keys");
  return [first, ...rest];
}

/** Encrypt with the newest app key, bound to `context`: a cipher moved elsewhere does not open. */
export const sealText = (plain: string, context: string): Buffer => seal(appKeys()[0], plain, context);

/** Undo {@link sealText}. Throws AppError "key_unreadable" if its app key is gone or the cipher was tampered with. */
export function openText(sealed: Buffer, context: string): string {
  const keys = appKeys();
  try {
    return open(keys, sealed, context);
  } catch (cause) {
    throw new AppError("unavailable", "key_unreadable", { cause });
  }
}

/** Whether a cipher is under the app key that new ones get. */
export const isSealedByNewest = (sealed: Buffer): boolean => tagOf(sealed) === appKeys()[0].tag;
