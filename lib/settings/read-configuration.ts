import "server-only";
import { resolve } from "node:path";
import { type Env, env } from "@/lib/core/env";
import { postgresVersion } from "@/lib/db/client";
import packageJson from "@/package.json";

/** How this console is configured: names of variables and public addresses, never a key, token or secret. */
export type ConfigurationView = {
  upstreams: UpstreamConfiguration[];
  versions: { cardesk: string; node: string; next: string; postgres: string };
  sandbox: boolean;
  dataFolder: string;
  seconds: { sync: number; billing: number; quiet: number; readDeadline: number; writeDeadline: number };
};

export type UpstreamConfiguration = {
  upstream: "espai" | "potato" | "talkbot";
  /** Origin only. */
  address: string;
  configured: boolean;
  /** Variables that must be set first. */
  missing: string[];
  /** PotatoCloud only. */
  signing: "none" | "v1" | "v3" | null;
};

export function readConfiguration(): ConfigurationView {
  const config = env();
  return {
    upstreams: upstreamConfigurations(config),
    versions: {
      cardesk: packageJson.version,
      node: process.versions.node,
      next: packageJson.dependencies.next,
      postgres: postgresVersion(),
    },
    sandbox: config.SANDBOX_URL !== undefined,
    dataFolder: resolve(config.DATA_DIR),
    seconds: {
      sync: config.SYNC_INTERVAL_SECONDS,
      billing: config.BILLING_INTERVAL_SECONDS,
      quiet: config.QUIET_PERIOD_SECONDS,
      readDeadline: config.UPSTREAM_TIMEOUT_MS / 1000,
      writeDeadline: config.UPSTREAM_WRITE_TIMEOUT_MS / 1000,
    },
  };
}

/** Which upstreams can be called, and what is missing for the others. */
export function upstreamConfigurations(config: Env): UpstreamConfiguration[] {
  const configurationOf = (
    upstream: UpstreamConfiguration["upstream"],
    baseUrl: string,
    needed: Partial<Env>,
    signing: UpstreamConfiguration["signing"] = null,
  ): UpstreamConfiguration => {
    const missing = Object.entries(needed).flatMap(([name, value]) => (value ? [] : [name]));
    return { upstream, address: new URL(baseUrl).origin, configured: missing.length === 0, missing, signing };
  };
  const { ESPAI_API_KEY, POTATO_ASK_KEY, POTATO_USER_TOKEN, TALKBOT_API_KEY } = config;
  return [
    configurationOf("espai", config.ESPAI_BASE_URL, { ESPAI_API_KEY }),
    configurationOf("potato", config.POTATO_BASE_URL, { POTATO_ASK_KEY, POTATO_USER_TOKEN }, config.POTATO_SIGN),
    configurationOf("talkbot", config.TALKBOT_BASE_URL, { TALKBOT_API_KEY }),
  ];
}
