import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { oneTimeLink, user } from "@/lib/db/schema";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { ensureFirstAdmin } from "./ensure-first-admin";
import { inspectLink } from "./inspect-link";
import { redeemLink } from "./redeem-link";
import { signIn } from "./sign-in";

let fixtures: UserFixtures;
beforeEach(async () => {
  fixtures = await openUserFixtures();
});
afterEach(() => fixtures.close());

const expired = { code: "expired", key: "link_expired" };
const given = { ADMIN_USER: "root", ADMIN_PASSWORD: "from the variable", APP_URL: undefined };
const nothing = { ADMIN_USER: undefined, ADMIN_PASSWORD: undefined, APP_URL: "https://desk.example" };
const start = (input: typeof given | typeof nothing | (typeof given & { DEMO_USERS: boolean })) =>
  ensureFirstAdmin({ ctx: fixtures.anonymous(), input });
const signInAs = (username: string, password: string) =>
  signIn({ ctx: fixtures.anonymous(), input: { username, password } });
const accounts = () => fixtures.db.select({ name: user.username, role: user.role }).from(user).orderBy(user.username);

async function printedToken(): Promise<string> {
  const link = await start(nothing);
  expect(link).toMatch(/^https:\/\/desk\.example\/setup#[\w-]{43}$/);
  return link?.split("#")[1] ?? "";
}

const redeem = (token: string, username: string) =>
  redeemLink({ ctx: fixtures.anonymous(), input: { token, username, password: "chosen by myself" } });

describe("with ADMIN_USER and ADMIN_PASSWORD", () => {
  test("creates the administrator, once, and no other user", async () => {
    expect(await start(given)).toBeNull();
    expect(await start(given)).toBeNull();
    expect(await accounts()).toEqual([{ name: "root", role: "admin" }]);
    await expect(signInAs("root", "from the variable")).resolves.toHaveProperty("sessionId");
  });

  test("several processes starting together make one", async () => {
    await Promise.all([start(given), start(given), start(given)]);
    expect(await accounts()).toHaveLength(1);
  });

  test("leaves the password, role and state of a user there is alone", async () => {
    await fixtures.addUser("admin", "boss");
    await fixtures.addUser("support", "root");
    await start(given);
    await expect(signInAs("root", PASSWORD)).resolves.toHaveProperty("sessionId");
    expect(await accounts()).toContainEqual({ name: "root", role: "support" });
  });

  test("locks no one out: without an active administrator, that user becomes one", async () => {
    const root = await fixtures.addUser("admin", "root");
    await fixtures.db.update(user).set({ disabledAt: new Date() }).where(eq(user.id, root.id));
    await start(given);
    await expect(signInAs("root", "from the variable")).resolves.toHaveProperty("sessionId");
  });

  test.each([
    ["short", "must have at least 15 characters"],
    ["rootrootroot and more", "must not contain the name of the user"],
    ["passwordpassword", "is too easy to guess"],
  ])("makes no user with the password %s, and says why without repeating it", async (ADMIN_PASSWORD, why) => {
    const poor = start({ ...given, ADMIN_PASSWORD });
    await expect(poor).rejects.toThrow(new RegExp(`^Bad configuration. ADMIN_PASSWORD: ${why}`));
    await expect(poor).rejects.not.toThrow(ADMIN_PASSWORD);
    expect(await accounts()).toEqual([]);
  });

  test("starts with a password nobody could choose today where it is not used", async () => {
    await fixtures.addUser("admin", "root");
    expect(await start({ ...given, ADMIN_PASSWORD: "short" })).toBeNull();
  });

  test("the demo also gets one user a role", async () => {
    await start({ ...given, DEMO_USERS: true });
    expect(await accounts()).toEqual([
      { name: "operator", role: "operator" },
      { name: "root", role: "admin" },
      { name: "support", role: "support" },
    ]);
  });
});

describe("without them", () => {
  test("prints a link that makes the first administrator, once; no account exists before", async () => {
    const token = await printedToken();
    expect(await accounts()).toEqual([]);
    expect(await inspectLink({ ctx: fixtures.anonymous(), input: { token } })).toEqual({
      kind: "setup",
      username: null,
      provider: null,
      minLength: 15,
    });
    expect(await redeem(token, "lin")).toEqual({ username: "lin" });
    await expect(signInAs("lin", "chosen by myself")).resolves.toHaveProperty("sessionId");
    await expect(redeem(token, "another")).rejects.toMatchObject(expired);
    expect(await start(nothing)).toBeNull();
    expect(await accounts()).toEqual([{ name: "lin", role: "admin" }]);
  });

  test("of two tabs one wins", async () => {
    const token = await printedToken();
    const answers = await Promise.allSettled(Array.from({ length: 6 }, (_, i) => redeem(token, `tab-${i}`)));
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    expect(await accounts()).toHaveLength(1);
  });

  test("only the token's hash is kept, a new start invalidates the old link, and 30 minutes end it", async () => {
    const first = await printedToken();
    expect(JSON.stringify(await fixtures.db.select().from(oneTimeLink))).not.toContain(first);
    const second = await printedToken();
    await expect(redeem(first, "lin")).rejects.toMatchObject(expired);
    fixtures.advance(30 * 60);
    await expect(redeem(second, "lin")).rejects.toMatchObject(expired);
  });

  test("is worthless once there is an administrator by other means", async () => {
    const token = await printedToken();
    await start(given);
    await expect(redeem(token, "intruder")).rejects.toMatchObject(expired);
  });

  test("a taken or missing name is an error, and the link stays valid", async () => {
    await fixtures.addUser("support", "lin");
    const token = await printedToken();
    await expect(redeem(token, "LIN")).rejects.toMatchObject({ fields: { username: "name_taken" } });
    const nameless = redeemLink({ ctx: fixtures.anonymous(), input: { token, password: "chosen by myself" } });
    await expect(nameless).rejects.toMatchObject({ fields: { username: "required" } });
    await expect(redeem(token, "lin.admin")).resolves.toEqual({ username: "lin.admin" });
  });
});
