import { useLocale, useTranslations } from "next-intl";
import { startTransition } from "react";
import { MenuItem } from "@/components/ui/popover/menu-item";
import { setLocale } from "@/lib/web/preferences/actions";
import { locales } from "@/lib/web/preferences/locale";

const names = { "zh-CN": "简体中文", en: "English" } as const;

export function LocaleItems() {
  const t = useTranslations("shell");
  const current = useLocale();
  return (
    <fieldset className="border-line border-b py-1">
      <legend className="sr-only">{t("language")}</legend>
      {locales.map((locale) => (
        <MenuItem key={locale} checked={locale === current} onSelect={() => startTransition(() => setLocale(locale))}>
          <span lang={locale}>{names[locale]}</span>
        </MenuItem>
      ))}
    </fieldset>
  );
}
