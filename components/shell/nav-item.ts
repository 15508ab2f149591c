import type { IconName } from "../ui/icon";

export type NavItem = {
  href: string;
  label: string;
  icon: IconName;
  /** Unknown operations and the like: shown in the unknown look; 0 shows nothing. */
  badge?: number;
  /** What the badge counts, for screen readers: "结果未知". */
  badgeLabel?: string;
};

/** The item a path belongs to: the longest href it lies under. */
export function currentItem(items: readonly NavItem[], path: string): NavItem | undefined {
  return items
    .filter((item) => path === item.href || (item.href !== "/" && path.startsWith(`${item.href}/`)))
    .sort((a, b) => b.href.length - a.href.length)[0];
}
