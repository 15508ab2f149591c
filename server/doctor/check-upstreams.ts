import type { Env } from "../../lib/core/env.ts";
import { checkOf } from "../../lib/doctor/index.ts";
import type { Check, UpstreamName } from "../../lib/doctor/types.ts";

export type ConfiguredUpstream = { upstream: UpstreamName; url: string };

/** Signed calls are refused, and quiet periods begin to matter, from about here on. */
const MOST_OFFSET_S = 30;
const DEADLINE_MS = 15_000;

/** Those that have their keys. */
export function configuredUpstreams(env: Env): ConfiguredUpstream[] {
  const all = [
    { upstream: "espai", url: env.ESPAI_BASE_URL, key: env.ESPAI_API_KEY },
    { upstream: "potato", url: env.POTATO_BASE_URL, key: env.POTATO_ASK_KEY && env.POTATO_USER_TOKEN },
    { upstream: "talkbot", url: env.TALKBOT_BASE_URL, key: env.TALKBOT_API_KEY },
  ] as const;
  return all.flatMap(({ key, upstream, url }) => (key ? [{ upstream, url }] : []));
}

/** Whether each answers, over TLS with a certificate that holds, and how far its clock is from ours. No key is sent. */
export async function checkUpstreams(env: Env): Promise<Check[]> {
  const upstreams = configuredUpstreams(env);
  if (upstreams.length === 0) return [checkOf("upstream", ["warn", "upstream_none"])];
  return (await Promise.all(upstreams.map(checkUpstream))).flat();
}

async function checkUpstream({ upstream, url }: ConfiguredUpstream): Promise<Check[]> {
  try {
    const before = Date.now();
    const answer = await fetch(url, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const middle = (before + Date.now()) / 2;
    const connection = {
      ...checkOf("upstream", ["ok", "upstream_ok"], { protocol: new URL(url).protocol.slice(0, -1) }),
      upstream,
    };
    const date = Date.parse(answer.headers.get("date") ?? "");
    if (Number.isNaN(date)) return [connection];
    const seconds = Math.round(Math.abs(date - middle) / 1000);
    const says = seconds > MOST_OFFSET_S ? (["fail", "clock_off"] as const) : (["ok", "clock_ok"] as const);
    return [connection, { ...checkOf("clock", says, { seconds }), upstream }];
  } catch (error) {
    const cause = (error as Error).cause;
    const words = cause instanceof Error ? cause.message : (error as Error).message;
    return [{ ...checkOf("upstream", ["fail", "upstream_away"], { error: words }), upstream }];
  }
}
