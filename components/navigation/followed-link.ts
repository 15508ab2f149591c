type Click = Pick<MouseEvent, "button" | "metaKey" | "ctrlKey" | "shiftKey" | "altKey" | "target">;

/** The address a click leads this window to within the console; null if it opens elsewhere, downloads or only scrolls. */
export function followedLink(click: Click, here: Pick<Location, "origin" | "pathname" | "search">): string | null {
  if (click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return null;
  const link = click.target instanceof Element ? click.target.closest("a") : null;
  if (!link?.href || link.target || link.download) return null;
  const to = new URL(link.href);
  const scrolls = to.hash !== "" && to.pathname === here.pathname && to.search === here.search;
  return to.origin === here.origin && !scrolls ? link.href : null;
}
