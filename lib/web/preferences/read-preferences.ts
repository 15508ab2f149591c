import "server-only";
import { cookies } from "next/headers";
import { env } from "@/lib/core/env";
import { isLocale, type Locale } from "./locale";
import { isTheme, type Theme } from "./theme";

/** Language and theme of this browser, from its cookies; an unknown value counts as unset. */
export async function readPreferences(): Promise<{ locale: Locale; theme: Theme }> {
  const jar = await cookies();
  const locale = jar.get("locale")?.value;
  const theme = jar.get("theme")?.value;
  return {
    locale: isLocale(locale) ? locale : env().DEFAULT_LOCALE,
    theme: isTheme(theme) ? theme : "system",
  };
}
