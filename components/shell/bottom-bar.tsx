import clsx from "clsx";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Menu } from "@/components/ui/popover/menu";
import { MenuItem } from "@/components/ui/popover/menu-item";
import { useCurrentPath } from "../navigation/use-current-path";
import { Icon } from "../ui/icon";
import { currentItem, type NavItem } from "./nav-item";
import { NavBadge } from "./nav-links";

/** Replaces the sidebar under 640 px: four links, the rest behind "more". */
export function BottomBar({ items }: { items: readonly NavItem[] }) {
  const t = useTranslations("shell");
  const current = currentItem(items, useCurrentPath());
  const shown = items.length > 5 ? items.slice(0, 4) : items;
  const rest = items.slice(shown.length);
  const waiting = rest.find(({ badge }) => badge);
  const restIsCurrent = current !== undefined && rest.includes(current);
  return (
    <nav aria-label={t("navigation")} className="bottom-bar">
      {shown.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          prefetch={false}
          aria-current={item === current ? "page" : undefined}
          className={clsx("bottom-link", item === current && "current")}
        >
          <Icon name={item.icon} size={18} />
          {item.label}
          <NavBadge item={item} />
        </Link>
      ))}
      {rest.length > 0 && (
        <Menu
          label={t("more")}
          trigger={(trigger) => (
            <button type="button" {...trigger} className={clsx("bottom-link", restIsCurrent && "current")}>
              <Icon name="more" size={18} />
              {t("more")}
              {waiting && <NavBadge item={waiting} />}
            </button>
          )}
        >
          {rest.map((item) => (
            <MenuItem key={item.href} href={item.href} icon={item.icon}>
              {item.label}
            </MenuItem>
          ))}
        </Menu>
      )}
    </nav>
  );
}
