import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { addPasskey, askAnyPasskey, beginPasskey, readSession } from "@/lib/users";
import { enrol, setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { SoftwareAuthenticator } from "@/test/support/software-authenticator";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { finishSession, startSessionByPasskey } from "./finish-session";
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
  type Authorize = (input: unknown, request: Request) => Promise<{ id: string }>;
  type Provider = { options: { id?: string; authorize: Authorize } };
  const signIn = (configure: () => { providers: Provider[] }) => async (name: string, input: unknown) => {
    const provider = configure().providers.find(({ options }) => (options.id ?? "credentials") === name);
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

describe("with a second factor", () => {
  const devices = () => browser.jar.get("__Host-cardesk.devices")?.value;

  test("the password opens nothing and makes the browser no known one; the ticket goes into its cookie alone", async () => {
    setSecondFactorEnv();
    const { username } = (await enrol(fixtures, await fixtures.addUser("support"))).account;
    expect(await enter(username)).toEqual({ secondFactor: { code: true, passkey: false } });
    expect(browser.sid).toBe("");
    expect([...browser.jar.keys()]).toEqual(["__Host-cardesk.sign-in-ticket"]);
  });

  test("the second step ends the browser's session, opens one and makes the browser known", async () => {
    setSecondFactorEnv();
    const { account, recoveryCodes } = await enrol(fixtures, await fixtures.addUser("support"));
    const other = await fixtures.addUser("support");
    await enter(other.username);
    const [before, known] = [browser.sid, devices()];
    await enter(account.username);
    const proof = { kind: "recovery_code" as const, code: recoveryCodes[0] ?? "" };
    expect(await finishSession({ input: { proof, callbackUrl: "/cards" } })).toEqual({ path: "/cards" });
    expect(await readSession(fixtures.db, before, new Date())).toBeNull();
    expect(await readSession(fixtures.db, browser.sid, new Date())).toMatchObject({ id: account.id });
    // Both users of this browser.
    expect(devices()).toMatch(new RegExp(`^[^~]+~${known}$`));
    expect(browser.jar.get("__Host-cardesk.sign-in-ticket")?.value).toBe("");
  });

  test("so does a passkey alone", async () => {
    setSecondFactorEnv();
    const account = await fixtures.addUser("support");
    const ctx = { ...(await fixtures.signIn(account)), now: () => new Date() };
    const device = new SoftwareAuthenticator();
    await addPasskey({ ctx, input: { name: "laptop", answer: device.register(await beginPasskey({ ctx })) } });
    const answer = device.prove(await askAnyPasskey({ ctx }));
    expect(await startSessionByPasskey({ input: { answer } })).toEqual({ path: "/" });
    expect(await readSession(fixtures.db, browser.sid, new Date())).toMatchObject({ id: account.id });
    expect(devices()).toBeDefined();
  });
});
