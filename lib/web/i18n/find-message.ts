/** The result of `useTranslations` or `getTranslations`, for any namespace. */
type Translator = { (key: never, values?: never): string; has: (key: never) => boolean };

/**
 * The message of a key made from data, or null if there is none, to show an unnamed value as it is. For keys known when
 * the code is written, call `t` itself: it checks them.
 */
export function findMessage(t: Translator, key: string, values: Record<string, string | number> = {}): string | null {
  return t.has(key as never) ? t(key as never, values as never) : null;
}
