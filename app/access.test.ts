import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { ROLES, type Role } from "@/lib/core/roles";
import { sharedSlot } from "@/lib/core/shared-slot";
import { audit } from "@/lib/db/schema";
import { disableUser } from "@/lib/users";
import { noBatches, openUserFixtures, type TestUser, type UserFixtures } from "@/test/support/user-fixtures";

/** What a browser would send: the session's id in the cookie, and headers. */
const request = vi.hoisted(() => ({ sid: null as string | null, headers: new Headers() }));
vi.mock("@/lib/web/auth/next-auth", () => ({
  auth: async () => ({ user: { sid: request.sid } }),
}));
vi.mock("next/headers", () => ({ headers: async () => request.headers, cookies: async () => new Map() }));
vi.mock("next/server", () => ({ connection: async () => {} }));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key, getLocale: async () => "en" }));

let fixtures: UserFixtures;
const accounts = new Map<Role, TestUser>();
const sessions = new Map<Role, string | null>();

beforeAll(async () => {
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  fixtures = await openUserFixtures(new Date());
  sharedSlot("database").value = fixtures.database;
  for (const role of ROLES) {
    const account = await fixtures.addUser(role);
    accounts.set(role, account);
    sessions.set(role, (await fixtures.signIn(account)).actor.sessionId);
  }
});
afterAll(() => fixtures.close());

const become = (role: Role) => {
  request.sid = sessions.get(role) ?? null;
  request.headers = new Headers({ "x-forwarded-for": "203.0.113.1" });
};

describe("a request", () => {
  test("of a disabled user is anonymous from the next one on", async () => {
    const { endOwnSessionsAction } = await import("@/app/(console)/account/actions");
    const admin = await fixtures.signIn(await fixtures.addUser("admin"));
    const account = await fixtures.addUser("operator");
    const { actor } = await fixtures.signIn(account);
    request.sid = actor.sessionId;
    expect(await endOwnSessionsAction({})).toEqual({ ok: true, data: { ended: 0 } });
    await disableUser({ ctx: admin, input: { userId: account.id }, pauseBatches: noBatches });
    expect(await endOwnSessionsAction({})).toMatchObject({ ok: false, error: { code: "not_signed_in" } });
  });

  test("of a page without a session is sent to the sign-in, and back to the page afterwards", async () => {
    const { default: UsersPage } = await import("@/app/(console)/users/page");
    request.sid = null;
    request.headers = new Headers({ "x-cardesk-path": "/cards?page=2" });
    const digest = expect.stringContaining("/login?callbackUrl=%2Fcards%3Fpage%3D2;");
    await expect(UsersPage()).rejects.toMatchObject({ digest });
  });

  test("of a page that the role may not see is audited by the page's path", async () => {
    const { default: UsersPage } = await import("@/app/(console)/users/page");
    const account = await fixtures.addUser("support");
    request.sid = (await fixtures.signIn(account)).actor.sessionId;
    request.headers = new Headers({ "x-forwarded-for": "203.0.113.1", "x-cardesk-path": "/users?page=2" });
    await UsersPage();
    expect(await fixtures.lastAudit("access.refused", "/users")).toMatchObject({
      actorId: account.id,
      targetKind: "page",
      outcome: "refused",
      ip: "203.0.113.1",
      detail: { needed: "admin", had: "support" },
    });
  });

  test("refused for its role is audited with the request id the caller got", async () => {
    const { createUserAction } = await import("@/app/(console)/users/actions");
    become("support");
    const answer = await createUserAction({ username: "intruder", role: "admin" });
    const requestId = answer.ok ? "" : (answer.error.requestId ?? "");
    const [row] = await fixtures.db.select().from(audit).where(eq(audit.requestId, requestId));
    expect(row).toMatchObject({
      actorId: accounts.get("support")?.id,
      action: "access.refused",
      targetId: "users.create",
      outcome: "refused",
      ip: "203.0.113.1",
      detail: { needed: "admin", had: "support" },
    });
  });

  test("from another site's page is refused before it is read", async () => {
    const { POST } = await import("@/app/api/users/list/route");
    become("admin");
    const url = "http://localhost/api/users/list";
    const from = (origin: string) => POST(new Request(url, { method: "POST", headers: { origin, host: "localhost" } }));
    expect((await from("https://evil.example")).status).toBe(403);
    expect((await from("null")).status).toBe(403);
    expect((await from("http://localhost")).status).toBe(200);
  });

  test("with a body past the limit is refused without reading it to the end", async () => {
    const { POST } = await import("@/app/api/users/list/route");
    become("admin");
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(16 * 1024).fill(32));
      },
    });
    const init = { method: "POST", body, duplex: "half" } as const;
    expect((await POST(new Request("http://localhost/api/users/list", init))).status).toBe(400);
    expect(sent).toBeLessThan(10);
  });

  test("may name as many cards to export as can be selected", async () => {
    const { POST } = await import("@/app/api/cards/export/route");
    become("support");
    const take = (count: number) => {
      const ids = Array.from({ length: count }, (_, place) => String(place).padStart(64, "0"));
      const body = JSON.stringify({ format: "csv", scope: { kind: "selected", ids } });
      return POST(new Request("http://localhost/api/cards/export", { method: "POST", body }));
    };
    const taken = await take(10_000);
    expect(taken.status).toBe(200);
    await taken.body?.cancel();
    const tooMany = await take(10_100);
    expect(tooMany.status).toBe(400);
    expect(await tooMany.json()).toMatchObject({ error: { key: "request_too_large", params: { limit: 655 } } });
  });
});
