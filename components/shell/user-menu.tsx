import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Menu } from "@/components/ui/popover/menu";
import { MenuItem } from "@/components/ui/popover/menu-item";
import { Icon } from "../ui/icon";
import { LocaleItems } from "./locale-items";
import { askForShortcuts } from "./shortcuts-dialog";
import { ThemeItems } from "./theme-items";

type Props = {
  name: string;
  role: ReactNode;
  /** More `MenuItem`s: own sessions, sign out. */
  children: ReactNode;
};

export function UserMenu({ name, role, children }: Props) {
  const t = useTranslations("shell");
  return (
    <Menu
      label={t("userMenu")}
      trigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          aria-label={t("userMenuOf", { name })}
          className="flex h-8 items-center gap-1.5 rounded-md px-2 text-soft hover:bg-hover hover:text-text"
        >
          <Icon name="user" />
          <span className="max-w-28 truncate max-md:hidden">{name}</span>
          <Icon name="chevron-down" size={12} className="max-md:hidden" />
        </button>
      )}
    >
      <div className="border-line border-b px-2 pt-1 pb-2">
        <p className="truncate font-medium">{name}</p>
        <p className="text-faint text-sm">{role}</p>
      </div>
      <ThemeItems />
      <LocaleItems />
      <MenuItem icon="keyboard" onSelect={() => document.dispatchEvent(new Event(askForShortcuts))}>
        {t("shortcuts.title")}
      </MenuItem>
      <hr className="my-1 border-line" />
      {children}
    </Menu>
  );
}
