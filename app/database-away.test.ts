import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GET as readHealthRoute } from "@/app/api/health/route";
import { actions, routes } from "@/e2e/support/access-table";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { type Database, database, openDatabase } from "@/lib/db/client";
import { startUpFlags } from "@/lib/process/process-slots";
import type { Action } from "@/lib/web/action";
import { awayPage } from "@/lib/web/answer-while-away";
import { findActions, findRoutes } from "@/test/support/find-endpoints";

vi.mock("@/lib/web/auth/next-auth", () => ({
  auth: async () => ({ user: { sid: "0199c7a8-0000-7000-8000-000000000000" } }),
  handlers: { GET: () => {}, POST: () => {} },
}));
vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key, getLocale: async () => "en" }));

/** What a screen is told: in words, with a code that is not "internal". */
const away = { code: "unavailable", key: "database_away" };

beforeAll(() => {
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  sharedSlot<Database>("database").value = openDatabase("postgresql://nobody@localhost/none?host=/nowhere");
  startUpFlags.value = { database: true, recovery: true, jobs: true };
});
afterAll(() => database().pool.end());

const signedInActions = (await findActions()).filter(
  ({ module, name }) => (actions[module]?.[name] ?? "public") !== "public",
);
const signedInRoutes = (await findRoutes()).filter(
  ({ method, path }) => (routes[`${method} ${path}`] ?? "public") !== "public",
);

test("there are actions and routes to try", () => {
  expect(signedInActions.length).toBeGreaterThan(20);
  expect(signedInRoutes.length).toBeGreaterThan(15);
});

test.each(signedInActions)("the action $module $name says that the database is away", async ({ load, name }) => {
  const action = (await load())[name] as Action<unknown>;
  expect(await action({})).toMatchObject({ ok: false, error: away });
});

test.each(signedInRoutes)("$method $path answers 503 and when to ask again", async ({ load, method, path }) => {
  const handler = (await load())[method] as (request: Request) => Promise<Response>;
  const init = method === "POST" ? { method, body: "{}" } : { method };
  const answer = await handler(new Request(`http://console.test${path}`, init));
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(await answer.json()).toMatchObject({ error: away });
});

test("the health route answers 503 and when to ask again", async () => {
  const answer = await readHealthRoute();
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
});

test("a page says so, with 503", async () => {
  const answer = await awayPage({ cookie: "authjs.session-token=any; locale=en; theme=dark", policy: "'nonce-abc='" });
  expect(answer?.status).toBe(503);
  const html = await answer?.text();
  expect(html).toContain("The database isn't responding");
  expect(html).toContain('<html lang="en" data-theme="dark">');
  expect(html).toContain('<script nonce="abc=">');
});
