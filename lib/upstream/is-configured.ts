import "server-only";
import { env } from "@/lib/core/env";
import type { UpstreamName } from "./types";

/** Whether this process has the keys of an upstream. */
export function isConfigured(upstream: UpstreamName): boolean {
  const e = env();
  if (upstream === "espai") return Boolean(e.ESPAI_API_KEY);
  if (upstream === "potato") return Boolean(e.POTATO_ASK_KEY && e.POTATO_USER_TOKEN);
  return Boolean(e.TALKBOT_API_KEY);
}
