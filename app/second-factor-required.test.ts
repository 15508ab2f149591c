import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ROLES, type Role } from "@/lib/core/roles";
import { sharedSlot } from "@/lib/core/shared-slot";
import { changeSetting } from "@/lib/settings";
import { codeAt, setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";

/** The session a browser's cookie would name. */
const request = vi.hoisted(() => ({ sid: null as string | null }));
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: async () => ({ user: { sid: request.sid } }) }));
vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock("next/server", () => ({ connection: async () => {} }));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key, getLocale: async () => "en" }));

let fixtures: UserFixtures;
beforeAll(async () => {
  setSecondFactorEnv({ SECOND_FACTOR: "required" });
  fixtures = await openUserFixtures(new Date());
  sharedSlot("database").value = fixtures.database;
  const admin = await fixtures.signIn(await fixtures.addUser("admin"));
  request.sid = admin.actor.sessionId;
});
afterAll(() => fixtures.close());

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
