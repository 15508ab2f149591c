import "server-only";
import { cookies } from "next/headers";
import { env } from "@/lib/core/env";
import { isLocale, type Locale } from "./locale";
import { isTheme, type Theme } from "./theme";

type Jar = { get: (name: string) => { value: string } | undefined };

/** Language and theme of this browser, from its cookies; an unknown value counts as unset. */
export const readPreferences = async () => preferencesFrom(await cookies());

/** The same, where the cookies are at hand. */
export function preferencesFrom(jar: Jar): { locale: Locale; theme: Theme } {
  const locale = jar.get("locale")?.value;
  const theme = jar.get("theme")?.value;
  return {
    locale: isLocale(locale) ? locale : env().DEFAULT_LOCALE,
    theme: isTheme(theme) ? theme : "system",
  };
}
