"use client";

import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button/icon-button";
import { Menu } from "@/components/ui/popover/menu";
import { LocaleItems } from "./locale-items";
import { ThemeItems } from "./theme-items";

/** Language and theme where there is no user menu yet: sign-in, set-up. */
export function Switches() {
  const t = useTranslations("shell");
  return (
    <Menu
      label={t("appearance")}
      trigger={(trigger) => <IconButton {...trigger} icon="globe" label={t("appearance")} />}
    >
      <ThemeItems />
      <LocaleItems />
    </Menu>
  );
}
