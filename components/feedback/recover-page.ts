/** Why a page stays broken: its own fault, a console that can't be reached, or one that no longer has this page's code. */
export type PageFault = "own-fault" | "no-connection" | "outdated";

/** A page that fails twice within this time has a fault of its own. */
const AGAIN_WITHIN_MS = 10_000;
let lastRetry = Number.NEGATIVE_INFINITY;

type Means = {
  error: unknown;
  askHealth: () => Promise<{ ok: boolean }>;
  reload: () => void;
  retry: () => void;
  now: number;
};

/**
 * What a page does by itself after it failed to render. A console that is not ready (its database is away) answers a
 * reload with a page that says so and waits. A fault that has passed is tried again, once. Code that a console in order
 * does not give is of an earlier build: another try would fail too, and what was typed is the user's to give up. Null: it was handled so.
 */
export async function recoverPage({ error, askHealth, reload, retry, now }: Means): Promise<PageFault | null> {
  const health = await askHealth().catch(() => null);
  if (!health) return "no-connection";
  if (health.ok && isMissingCode(error)) return "outdated";
  if (health.ok && now - lastRetry < AGAIN_WITHIN_MS) return "own-fault";
  if (health.ok) {
    lastRetry = now;
    retry();
  } else reload();
  return null;
}

/** By the name that the bundler's loader gives it. */
const isMissingCode = (error: unknown): boolean => error instanceof Error && error.name === "ChunkLoadError";
