import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { withExportSlot } from "@/lib/limits";
import { findRoutes } from "@/test/support/find-endpoints";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";

const request = vi.hoisted(() => ({ sid: null as string | null, headers: new Headers() }));
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: async () => ({ user: { sid: request.sid } }) }));
vi.mock("next/headers", () => ({ headers: async () => request.headers, cookies: async () => new Map() }));
vi.mock("next/server", () => ({ connection: async () => {} }));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key, getLocale: async () => "en" }));

let fixtures: UserFixtures;
let admin: Ctx;
beforeAll(async () => {
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  fixtures = await openUserFixtures(new Date());
  sharedSlot("database").value = fixtures.database;
  admin = await fixtures.signIn(await fixtures.addUser("admin"));
  request.sid = admin.actor.sessionId;
});
afterAll(() => fixtures.close());

const inputs: Record<string, unknown> = {
  "/api/audit/export": {},
  "/api/cards/export": { format: "csv", scope: { kind: "all" } },
  "/api/find/many/export": { text: "13800001111", format: "csv" },
  "/api/keys/export": { batchId: randomUUID(), flagged: false, status: null, format: "csv", purpose: "download" },
};
const exports = (await findRoutes()).filter(({ path }) => path.endsWith("/export"));

test("every export is known here", () => {
  expect(exports.map(({ path }) => path).sort()).toEqual(Object.keys(inputs).sort());
});

test.each(exports.map((route) => [route.path, route] as const))("%s is made one at a time", async (path, route) => {
  const handler = (await route.load())[route.method] as (request: Request) => Promise<Response>;
  const ask = () => {
    const init = { method: "POST", body: JSON.stringify(inputs[path]) };
    return handler(new Request(`http://localhost${path}`, init));
  };
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const named = (name: string): Ctx => ({ ...admin, actor: { ...admin.actor, id: name } });

  const own = withExportSlot(admin, () => ended);
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ error: { code: "too_many", key: "export_own_running" } });
  end();
  await own;

  const others = Promise.withResolvers<void>();
  const running = ["li", "wang"].map((name) => withExportSlot(named(name), () => others.promise));
  expect(await (await ask()).json()).toMatchObject({ error: { key: "export_others_running" } });
  others.resolve();
  await Promise.all(running);
  expect((await ask()).status).not.toBe(429);
});
