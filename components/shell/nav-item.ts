import type { IconName } from "../ui/icon";

export type NavItem = {
  href: string;
  label: string;
  icon: IconName;
  /** A count; 0 shows nothing. */
  badge?: number;
  /** What the badge counts, for screen readers: "结果未知". */
  badgeLabel?: string;
  /** The look of unknown outcomes (the default), or of something to do. */
  badgeTone?: "unknown" | "accent";
};

/** The item a path belongs to: the one with the longest matching href. */
export function currentItem(items: readonly NavItem[], path: string): NavItem | undefined {
  return items
    .filter((item) => path === item.href || (item.href !== "/" && path.startsWith(`${item.href}/`)))
    .sort((a, b) => b.href.length - a.href.length)[0];
}
