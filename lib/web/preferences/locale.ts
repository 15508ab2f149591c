/** Languages of the console; the first is complete by definition. */
export const locales = ["zh-CN", "en"] as const;
export type Locale = (typeof locales)[number];

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);
