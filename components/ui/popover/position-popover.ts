const gap = 4;

/**
 * Place an open popover under its anchor, above if there is no room, over it if there is none above; never outside the window.
 * Coordinates instead of CSS anchor positioning: not all supported browsers have it.
 */
export function positionPopover(floating: HTMLElement, anchor: Element, align: "start" | "center" | "end"): void {
  const to = anchor.getBoundingClientRect();
  const { width, height } = floating.getBoundingClientRect();
  const left = align === "start" ? to.left : align === "end" ? to.right - width : to.left + to.width / 2 - width / 2;
  const below = to.bottom + gap;
  const above = to.top - gap - height;
  const lowest = window.innerHeight - height - gap;
  const top = below <= lowest ? below : above > 0 ? above : Math.max(gap, lowest);
  floating.style.left = `${Math.max(gap, Math.min(left, document.documentElement.clientWidth - width - gap))}px`;
  floating.style.top = `${top}px`;
}

/** Keep an open popover at its anchor when the page has moved under it. It closes once its anchor is out of sight. */
export function followAnchor(floating: HTMLElement, anchor: Element, align: "start" | "center" | "end"): void {
  if (isInSight(anchor)) positionPopover(floating, anchor, align);
  else floating.hidePopover();
}

/** Within the window, and within everything that scrolls around it. */
function isInSight(anchor: Element): boolean {
  const { top, bottom } = anchor.getBoundingClientRect();
  if (!anchor.isConnected || bottom <= 0 || top >= window.innerHeight) return false;
  for (let box = anchor.parentElement; box; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight || getComputedStyle(box).overflowY === "visible") continue;
    const edge = box.getBoundingClientRect();
    if (bottom <= edge.top || top >= edge.bottom) return false;
  }
  return true;
}
