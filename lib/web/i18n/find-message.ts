/** What `useTranslations` and `getTranslations` return, whatever its namespace. */
type Translator = { (key: never, values?: never): string; has: (key: never) => boolean };

/**
 * The message of a key that was put together from data, or null if there is none: a value nobody has named yet is then
 * shown as it is. For keys known when the code is written, call `t` itself, which checks them.
 */
export function findMessage(t: Translator, key: string, values: Record<string, string | number> = {}): string | null {
  return t.has(key as never) ? t(key as never, values as never) : null;
}
