import clsx from "clsx";
import Link from "next/link";
import { useCurrentPath } from "../navigation/use-current-path";
import { Icon } from "../ui/icon";
import { currentItem, type NavItem } from "./nav-item";

/** The sidebar's links: with full labels from 1024 px, icons over small labels from 640 px. */
export function NavLinks({ items }: { items: readonly NavItem[] }) {
  const current = currentItem(items, useCurrentPath());
  return (
    <ul className="grid gap-0.5 p-1 lg:p-2">
      {items.map((item) => (
        <li key={item.href}>
          <Link
            href={item.href}
            prefetch={false}
            aria-current={item === current ? "page" : undefined}
            className="nav-link"
          >
            <Icon name={item.icon} />
            {item.label}
            <NavBadge item={item} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function NavBadge({ item }: { item: NavItem }) {
  if (!item.badge) return null;
  const toDo = item.badgeTone === "accent";
  return (
    <span
      className={clsx(
        "h-4 min-w-4 rounded-full px-0.5 text-center font-semibold text-xs lg:ms-auto max-lg:absolute max-lg:end-1 max-lg:top-0.5",
        toDo ? "bg-accent text-on-accent" : "hatched text-unknown",
      )}
    >
      <span className={clsx("rounded-full px-0.5", !toDo && "bg-unknown-wash")}>
        {item.badge > 99 ? "99+" : item.badge}
      </span>
      {item.badgeLabel && <span className="sr-only"> {item.badgeLabel}</span>}
    </span>
  );
}
