import { useTranslations } from "next-intl";
import { startTransition, useEffect, useState } from "react";
import { MenuItem } from "@/components/ui/popover/menu-item";
import { setTheme } from "@/lib/web/preferences/actions";
import { isTheme, type Theme, themes } from "@/lib/web/preferences/theme";

/** Light, dark or the device's theme: applied at once, kept in a cookie so that the server renders it. */
export function ThemeItems() {
  const t = useTranslations("shell");
  const [current, setCurrent] = useState<Theme>("system");
  useEffect(() => {
    const shown = document.documentElement.dataset.theme;
    if (isTheme(shown)) setCurrent(shown);
  }, []);
  return (
    <fieldset className="border-line border-b py-1">
      <legend className="sr-only">{t("theme")}</legend>
      {themes.map((theme) => (
        <MenuItem
          key={theme}
          checked={theme === current}
          keepOpen
          onSelect={() => {
            document.documentElement.dataset.theme = theme;
            setCurrent(theme);
            startTransition(() => setTheme(theme));
          }}
        >
          {t(`themes.${theme}`)}
        </MenuItem>
      ))}
    </fieldset>
  );
}
