import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { actions, pages, routes } from "@/e2e/support/access-table";
import { ROLES, type Role } from "@/lib/core/roles";
import { sharedSlot } from "@/lib/core/shared-slot";
import { changeSetting } from "@/lib/settings";
import type { Action } from "@/lib/web/action";
import { findActions, findPages, findRoutes, type Route } from "@/test/support/find-endpoints";
import { codeAt, setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";

/** The session a browser's cookie would name. */
const request = vi.hoisted(() => ({ sid: null as string | null }));
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: async () => ({ user: { sid: request.sid } }) }));
vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock("next/server", () => ({ connection: async () => {} }));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key, getLocale: async () => "en" }));

/** All that is open to who must set up a second factor first. */
const OPEN = [
  "/second-factor",
  "app/(console)/account/actions proveIdentityAction",
  "app/(console)/account/actions signOutAction",
  "app/(console)/account/second-factor/actions addPasskeyAction",
  "app/(console)/account/second-factor/actions beginPasskeyAction",
  "app/(console)/account/second-factor/actions beginTotpAction",
  "app/(console)/account/second-factor/actions confirmTotpAction",
];

const foundAll = { actions: await findActions(), routes: await findRoutes() };

let fixtures: UserFixtures;
beforeAll(async () => {
  setSecondFactorEnv({ SECOND_FACTOR: "required" });
  fixtures = await openUserFixtures(new Date());
  sharedSlot("database").value = fixtures.database;
  const admin = await fixtures.signIn(await fixtures.addUser("admin"));
  request.sid = admin.actor.sessionId;
});
afterAll(() => fixtures.close());

const needed = { code: "forbidden", key: "second_factor_required" };
const NO_INPUT = "no schema takes a bare string";
const guarded = <T>(demands: [string, T][], demandOf: (each: T) => string | undefined) =>
  demands.filter(([, each]) => !["public", undefined].includes(demandOf(each)));

describe("an administrator who must have a second factor and has none", () => {
  const foundActions = foundAll.actions.map((each): [string, typeof each] => [`${each.module} ${each.name}`, each]);
  test.each(guarded(foundActions, ({ module, name }) => actions[module]?.[name]))("action %s", async (name, found) => {
    const answer = await ((await found.load())[found.name] as Action<unknown>)(NO_INPUT);
    expect(answer).toMatchObject({ ok: false, error: OPEN.includes(name) ? { code: "bad_input" } : needed });
  });

  const foundRoutes = foundAll.routes.map((each): [string, Route] => [`${each.method} ${each.path}`, each]);
  test.each(guarded(foundRoutes, ({ method, path }) => routes[`${method} ${path}`]))("route %s", async (_, route) => {
    const handler = (await route.load())[route.method] as (request: Request) => Promise<Response>;
    const init = route.method === "POST" ? { method: "POST", body: JSON.stringify(NO_INPUT) } : {};
    const answer = await handler(new Request(`http://localhost${route.path}`, init));
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: needed });
  });

  const foundPages = findPages().map((each): [string, typeof each] => [each.path, each]);
  test.each(guarded(foundPages, ({ path }) => pages[path]))("page %s", async (path, found) => {
    const page = (await found.load()).default as (props: object) => Promise<unknown>;
    const shown = page({ searchParams: Promise.resolve({}), params: Promise.resolve({}) });
    if (OPEN.includes(path)) return expect(shown).resolves.toBeDefined();
    await expect(shown).rejects.toMatchObject({ digest: expect.stringContaining(";/second-factor;") });
  });
});

describe("once it is set up", () => {
  test("the same session may do what its role may", async () => {
    const { beginTotpAction, confirmTotpAction } = await import("@/app/(console)/account/second-factor/actions");
    const { POST } = await import("@/app/api/users/list/route");
    const list = () => POST(new Request("http://localhost/api/users/list", { method: "POST", body: "{}" }));
    expect((await list()).status).toBe(403);
    const begun = await beginTotpAction({});
    const secret = begun.ok ? begun.data.secret : "";
    expect(await confirmTotpAction({ code: codeAt(secret, new Date()) })).toMatchObject({ ok: true });
    expect((await list()).status).toBe(200);
  });
});

describe("the setting", () => {
  test.each([
    ["nobody", []],
    ["admins", ["admin"]],
    ["operators", ["operator", "admin"]],
    ["everybody", ROLES],
  ] as const)("%s asks it of these roles only: %s", async (requiredFor, asked: readonly Role[]) => {
    setSecondFactorEnv();
    const { POST } = await import("@/app/api/account/sessions/route");
    for (const role of ROLES) {
      const ctx = await fixtures.signIn(await fixtures.addUser(role));
      await changeSetting({ ctx, input: { key: "second_factor", value: { requiredFor } } });
      request.sid = ctx.actor.sessionId;
      const init = { method: "POST", body: "{}" };
      const { status } = await POST(new Request("http://localhost/api/account/sessions", init));
      expect([role, status]).toEqual([role, asked.includes(role) ? 403 : 200]);
    }
  });
});
