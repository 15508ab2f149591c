const FIRST_S = [0, 2, 5];

/**
 * When to reconcile an unknown operation next: at 0, 2 and 5 s after its call ended, every 5 s up to a minute, every 15 s
 * up to the quiet period, at its end, and each minute after it (only when that reading failed).
 */
export function nextReconcileAt(endedAt: Date, now: Date, quietSeconds: number): Date {
  const elapsed = (now.getTime() - endedAt.getTime()) / 1000;
  const first = FIRST_S.find((s) => s > elapsed);
  const step = elapsed < 60 ? 5 : 15;
  const regular = first ?? (Math.floor(elapsed / step) + 1) * step;
  const seconds = elapsed >= quietSeconds ? elapsed + 60 : Math.min(regular, quietSeconds);
  return new Date(endedAt.getTime() + seconds * 1000);
}
