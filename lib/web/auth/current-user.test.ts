import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { disableUser, endSessions, signOut } from "@/lib/users";
import { noBatches, openUserFixtures, type TestUser, type UserFixtures } from "@/test/support/user-fixtures";
import { currentActor, requireRole } from "./current-user";

const browser = vi.hoisted(() => ({ cookie: "", auth: vi.fn() }));
vi.mock("react", async (original) => ({
  ...(await original<typeof import("react")>()),
  cache: (work: unknown) => work,
}));
vi.mock("next/headers", () => ({ headers: async () => new Headers({ cookie: browser.cookie }) }));
vi.mock("next/navigation", () => ({ redirect: vi.fn() }));
vi.mock("./next-auth", () => ({ auth: browser.auth }));

let fixtures: UserFixtures;
let account: TestUser;
let sessionId: string;
beforeAll(async () => {
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  fixtures = await openUserFixtures(new Date());
  sharedSlot("database").value = fixtures.database;
});
afterAll(() => fixtures.close());

/** Signed in, and the cookie is remembered: from here on it is never unsealed again. */
beforeEach(async () => {
  account = await fixtures.addUser("operator");
  sessionId = (await fixtures.signIn(account)).actor.sessionId ?? "";
  browser.cookie = `authjs.session-token=${sessionId}`;
  browser.auth.mockResolvedValue({ user: { sid: sessionId, exp: Math.floor(Date.now() / 1_000) + 3_600 } });
  expect(await currentActor()).toMatchObject({ id: account.id, role: "operator" });
  browser.auth.mockReset();
});

const admin = async () => fixtures.signIn(await fixtures.addUser("admin"));

test.each([
  ["signed out", async () => void (await signOut({ ctx: fixtures.anonymous(), input: { sessionId } }))],
  ["ended by an administrator", async () => endSessions({ ctx: await admin(), input: { userId: account.id } })],
  [
    "disabled with its user",
    async () => disableUser({ ctx: await admin(), input: { userId: account.id }, pauseBatches: noBatches }),
  ],
])("a session that was %s is over at once, though its cookie is remembered", async (_, end) => {
  await end();
  expect(await currentActor()).toBeNull();
  expect(browser.auth).not.toHaveBeenCalled();
});

test("who is signed in is nobody on the page of somebody else", async () => {
  expect((await requireRole("operator")).actor.id).toBe(account.id);
  expect((await requireRole("operator", { pageUser: account.id })).actor.id).toBe(account.id);
  for (const pageUser of [sessionId, "", null, {}])
    await expect(requireRole("operator", { pageUser })).rejects.toMatchObject({ code: "not_signed_in" });
});
