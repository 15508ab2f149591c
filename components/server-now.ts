/** How far the device's clock is ahead of the server's, which wrote its own time into the page (app/layout.tsx). */
const aheadMs = typeof document === "undefined" ? 0 : readAhead();

/** Now by the server's clock, as all times are that a page shows: a device's own may be wrong by hours. */
export const serverNow = (): Date => new Date(Date.now() - aheadMs);

function readAhead(): number {
  const written = Number(document.documentElement.dataset.now);
  const [visit] = performance.getEntriesByType("navigation");
  if (!written || !(visit instanceof PerformanceNavigationTiming)) return 0;
  return Date.now() - performance.now() + visit.responseStart - written;
}
