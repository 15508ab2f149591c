import { afterEach, expect, test, vi } from "vitest";
import { consoleEnv } from "./console-env.ts";
import type { Secrets } from "./secrets.ts";

afterEach(() => vi.unstubAllEnvs());

const secrets: Secrets = {
  AUTH_SECRET: "the cookie's",
  APP_KEYS: "k1:key",
  DEMO_PASSWORD: "the demo's",
  SANDBOX_TOKEN: "the sandbox's",
  POSTGRES_PASSWORD: "the superuser's",
  DATABASE_OWNER_PASSWORD: "the owner's",
  DATABASE_APP_PASSWORD: "the console's",
};

test("the running console gets its own database role, and nothing to become another with", () => {
  vi.stubEnv("DATABASE_OWNER_URL", "postgres://owner:secret@db/cardesk");
  vi.stubEnv("DATABASE_URL", "postgres://given@db/cardesk");
  const env = consoleEnv({
    mode: "start",
    secrets,
    sandbox: undefined,
    dataDir: "/data",
    databaseUrl: "postgres://cardesk_app@db/cardesk",
    databaseFolder: undefined,
    host: "127.0.0.1",
    port: 3000,
  });
  // Defined and empty: Next, which reads .env files too, leaves it so.
  expect(env).toMatchObject({ DATABASE_URL: "postgres://cardesk_app@db/cardesk", DATABASE_OWNER_URL: "" });
  expect(JSON.stringify(env)).not.toMatch(/superuser's|owner's|owner:secret|the demo's/);
});
