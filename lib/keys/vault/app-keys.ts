import "server-only";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { type AppKey, parseAppKeys } from "@/lib/core/sealing";

let parsed: { text: string; keys: AppKey[] } = { text: "", keys: [] };

/** Every configured key, newest first, derived for the card keys. Throws AppError "not_configured" without APP_KEYS. */
export function appKeys(): [AppKey, ...AppKey[]] {
  const text = env().APP_KEYS ?? "";
  if (parsed.text !== text) parsed = { text, keys: parseAppKeys(text) };
  const [first, ...rest] = parsed.keys;
  if (!first) throw new AppError("not_configured", "no_app_keys");
  return [first, ...rest];
}
