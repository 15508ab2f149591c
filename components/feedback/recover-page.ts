/** Why a page stays broken: its own fault, or a console that can't be reached. */
export type PageFault = "own-fault" | "no-connection";

/** A page that fails twice within this time has a fault of its own. */
const AGAIN_WITHIN_MS = 10_000;
let lastRetry = Number.NEGATIVE_INFINITY;

type Means = { askHealth: () => Promise<{ ok: boolean }>; reload: () => void; retry: () => void; now: number };

/**
 * What a page does by itself after it failed to render. A console that is not ready (its database is away) answers a
 * reload with a page that says so and waits. A fault that has passed is tried again, once. Null: it was handled so.
 */
export async function recoverPage({ askHealth, reload, retry, now }: Means): Promise<PageFault | null> {
  const health = await askHealth().catch(() => null);
  if (!health) return "no-connection";
  if (health.ok && now - lastRetry < AGAIN_WITHIN_MS) return "own-fault";
  if (health.ok) {
    lastRetry = now;
    retry();
  } else reload();
  return null;
}
