/** Languages of the console; the first one is always complete. */
export const locales = ["zh-CN", "en"] as const;
export type Locale = (typeof locales)[number];

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);
