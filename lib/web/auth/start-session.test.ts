import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { startSession } from "./start-session";

type Options = { httpOnly: boolean; secure: boolean; sameSite: string; path: string };
const { browser } = vi.hoisted(() => ({
  browser: { sid: "", jar: new Map<string, { value: string; options: unknown }>() },
}));

vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "x-forwarded-for": "203.0.113.1" }),
  cookies: async () => ({
    get: (name: string) => browser.jar.get(name),
    set: (name: string, value: string, options: Options) => browser.jar.set(name, { value, options }),
  }),
}));
/** As next-auth does it: the provider's answer becomes the session of the cookie, and its error is thrown. */
vi.mock("next-auth", () => {
  type Provider = { options: { authorize: (input: unknown, request: Request) => Promise<{ id: string }> } };
  const signIn = (configure: () => { providers: Provider[] }) => async (_name: string, input: unknown) => {
    const [provider] = configure().providers;
    const headers = { "x-forwarded-for": "203.0.113.1" };
    browser.sid = (await provider?.options.authorize(input, new Request("http://desk.example", { headers })))?.id ?? "";
  };
  class CredentialsSignin extends Error {
    code = "";
  }
  return {
    default: (configure: () => { providers: Provider[] }) => ({
      auth: async () => (browser.sid ? { user: { sid: browser.sid } } : null),
      signIn: signIn(configure),
      signOut: async () => {},
    }),
    AuthError: Error,
    CredentialsSignin,
  };
});

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures(new Date());
  sharedSlot("database").value = fixtures.database;
});
afterAll(() => fixtures.close());
beforeEach(() => {
  browser.sid = "";
  browser.jar.clear();
});

const serve = (APP_URL: string) => {
  sharedSlot("env").value = parseEnv({ NODE_ENV: "test", LOG_LEVEL: "silent", AUTH_SECRET: "t".repeat(40), APP_URL });
};
const enter = (username: string, password = PASSWORD) => startSession({ input: { username, password } });

test("the browser is known from the first sign-in on, by a cookie that no script reads", async () => {
  serve("https://desk.example");
  const { username } = await fixtures.addUser("support");
  await enter(username);
  const kept = browser.jar.get("__Host-cardesk.devices");
  expect(kept?.value).toMatch(/^[0-9a-f-]{36}\.[\w-]{43}$/);
  expect(kept?.options).toMatchObject({ httpOnly: true, secure: true, sameSite: "lax", path: "/" });

  browser.jar.clear();
  const guess = () => enter(username, "wrong password").catch((error: unknown) => error);
  for (let n = 0; n < 5; n++) expect(await guess()).toMatchObject({ key: "wrong_sign_in" });
  await expect(enter(username)).rejects.toMatchObject({ code: "too_many" });
  browser.jar.set("__Host-cardesk.devices", { value: kept?.value ?? "", options: {} });
  expect(await enter(username)).toEqual({ path: "/" });
});

test("without https the cookie has no prefix; a refused sign-in sets none", async () => {
  serve("http://desk.example");
  const { username } = await fixtures.addUser("support");
  await expect(enter(username, "wrong password")).rejects.toMatchObject({ key: "wrong_sign_in" });
  expect(browser.jar.size).toBe(0);
  await enter(username);
  expect([...browser.jar.keys()]).toEqual(["cardesk.devices"]);
});

test("the session that the browser had ends", async () => {
  serve("http://desk.example");
  const [lin, yan] = [await fixtures.addUser("support"), await fixtures.addUser("support")];
  const asked = (sessionId: string) => ({
    ...fixtures.anonymous(),
    actor: { ...fixtures.anonymous().actor, sessionId },
  });
  await enter(lin.username);
  const before = browser.sid;
  await enter(yan.username);
  expect(await fixtures.actorOf(asked(before))).toBeNull();
  expect(await fixtures.actorOf(asked(browser.sid))).toMatchObject({ id: yan.id });
});
