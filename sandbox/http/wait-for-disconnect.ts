import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** Wait until the caller has disconnected, or `ms` have passed. */
export async function waitForDisconnect(res: ServerResponse, ms?: number): Promise<void> {
  if (res.destroyed) return;
  const signal = ms === undefined ? undefined : AbortSignal.timeout(ms);
  await once(res, "close", { signal }).catch(() => undefined);
}
