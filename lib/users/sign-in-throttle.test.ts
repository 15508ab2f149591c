import { eq, like } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordRefusals } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { sharedSlot } from "@/lib/core/shared-slot";
import { audit, signInFailure } from "@/lib/db/schema";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { createResetLink } from "./create-reset-link";
import { disableUser } from "./disable-user";
import { endSessions } from "./end-sessions";
import { redeemLink } from "./redeem-link";
import { signIn } from "./sign-in";
import { pruneAttempts, tryKeys } from "./sign-in-throttle";

let fixtures: UserFixtures;
let boss: Ctx;
beforeAll(async () => {
  sharedSlot("env").value = { AUTH_SECRET: "t".repeat(40) };
  fixtures = await openUserFixtures();
  boss = await fixtures.signIn(await fixtures.addUser("admin", "boss"));
});
afterAll(() => fixtures.close());
beforeEach(() => fixtures.advance(86_400));

const wrong = { code: "not_signed_in", key: "wrong_sign_in" };
const locked = { code: "too_many", key: "sign_in_locked" };
const HOME = "203.0.113.1";

type From = { ip?: string; device?: string | null };
const enterAs = (username: string, password: string, { ip, device = null }: From = {}) =>
  signIn({
    ctx: fixtures.anonymous(ip),
    input: { username, password },
    browser: { deviceCookie: device, sessionId: null },
  });
/** The refusal of a wrong password. */
async function guess(username: string, from?: From): Promise<AppError> {
  const error: unknown = await enterAs(username, "wrong password", from).catch((refusal: unknown) => refusal);
  if (error instanceof AppError) return error;
  throw new Error("the guess was right, or failed");
}
/** Guess until nothing is checked any more; returns how many guesses were. */
async function guessOn(username: string, from?: From): Promise<number> {
  for (let checked = 0; ; checked++) if ((await guess(username, from)).code === "too_many") return checked;
}
/** Sign in once at home; returns the cookie of the now known browser. */
async function knownBrowser(username: string): Promise<string> {
  const { deviceCookie } = await enterAs(username, PASSWORD, { ip: HOME });
  return String(deviceCookie);
}

describe("a guesser from unknown devices", () => {
  test("gets 5 tries from one address, is told how long to wait, and leaves the name tries from elsewhere", async () => {
    const { username } = await fixtures.addUser("support");
    expect(await guessOn(username, { ip: "203.0.113.9" })).toBe(5);
    const refused = await guess(username, { ip: "203.0.113.9" });
    expect(refused).toMatchObject({ key: "too_many_tries_long", params: { minutes: 20 } });
    await expect(enterAs(username, PASSWORD, { ip: "203.0.113.10" })).resolves.toHaveProperty("sessionId");
    fixtures.advance(1_140);
    expect(await guess(username, { ip: "203.0.113.9" })).toMatchObject({ params: { seconds: 60 } });
    fixtures.advance(60);
    expect(await guess(username, { ip: "203.0.113.9" })).toMatchObject(wrong);
  });

  test("gets no more than 12 tries in any hour on one name, from however many addresses", async () => {
    const { username } = await fixtures.addUser("support");
    const checkedAt: number[] = [];
    for (let minute = 0; minute < 180; minute++) {
      for (let n = await guessOn(username); n > 0; n--) checkedAt.push(minute);
      fixtures.advance(60);
    }
    const within = checkedAt.map((from) => checkedAt.filter((at) => at >= from && at < from + 60).length);
    expect(Math.max(...within)).toBe(12);
  });

  test("gets 100 in all, however long it takes; then the words are the same for a name nobody has", async () => {
    const { username } = await fixtures.addUser("support");
    for (const name of [username, "nobody.at.all"]) {
      let checked = 0;
      for (let hour = 0; hour < 48; hour++) {
        checked += await guessOn(name);
        fixtures.advance(3_600);
      }
      await pruneAttempts({ ctx: boss });
      expect(checked).toBe(100);
      expect(await guess(name)).toMatchObject(locked);
    }
    await expect(enterAs(username, PASSWORD)).rejects.toMatchObject(locked);
  });

  test("gets no more tries concurrently than one after the other", async () => {
    const { username } = await fixtures.addUser("support");
    const answers = await Promise.all(Array.from({ length: 30 }, () => guess(username)));
    expect(answers.filter((error) => error.key === "wrong_sign_in")).toHaveLength(8);
  });

  test("with names nobody has fills no more than the shared counters", () => {
    const totals = new Set(Array.from({ length: 2_000 }, (_, n) => tryKeys(`made-up-${n}`, null, false)[0]));
    for (const key of totals) expect(key).toMatch(/^total:.{3}$/);
  });
});

test("which names nobody has share a counter can't be computed without the secret", () => {
  const shared = () => Array.from({ length: 50 }, (_, n) => tryKeys(`made-up-${n}`, null, false)[0]);
  const ours = shared();
  expect(shared()).toEqual(ours);
  sharedSlot("env").value = { AUTH_SECRET: "u".repeat(40) };
  expect(shared()).not.toEqual(ours);
  sharedSlot("env").value = { AUTH_SECRET: "t".repeat(40) };
});

describe("the one who is guessed at", () => {
  test("always comes in from a browser known before, whatever is guessed, wherever", async () => {
    const { username } = await fixtures.addUser("support");
    const device = await knownBrowser(username);
    for (let hour = 0; hour < 30; hour++) {
      await guessOn(username);
      await guessOn(username, { ip: HOME });
      fixtures.advance(3_600);
    }
    await guessOn(username);
    await expect(enterAs(username, PASSWORD, { ip: HOME, device })).resolves.toHaveProperty("sessionId");
  });

  test("by signing in gives the guesser no more tries within the hour", async () => {
    const { username } = await fixtures.addUser("support");
    const device = await knownBrowser(username);
    await guessOn(username);
    await enterAs(username, PASSWORD, { device });
    expect(await guessOn(username)).toBe(0);
  });

  test("who has no known browser and no tries left comes in by an administrator's link", async () => {
    const member = await fixtures.addUser("support");
    for (let hour = 0; hour < 30; hour++) {
      await guessOn(member.username);
      fixtures.advance(3_600);
    }
    const link = await createResetLink({ ctx: boss, input: { userId: member.id } });
    await expect(enterAs(member.username, PASSWORD)).rejects.toMatchObject(locked);
    const input = { token: link.path.split("#")[1] ?? "", password: "quite another phrase" };
    await redeemLink({ ctx: fixtures.anonymous(), input });
    await expect(enterAs(member.username, "quite another phrase")).resolves.toHaveProperty("sessionId");
  });
});

describe("an address", () => {
  test("is not one person: 20 names mistyped there keep nobody out, and 100 at once do", async () => {
    const { username } = await fixtures.addUser("support");
    const office = { ip: "203.0.113.20" };
    for (let n = 0; n < 20; n++) expect(await guess(`typo-${n}`, office)).toMatchObject(wrong);
    await expect(enterAs(username, PASSWORD, office)).resolves.toHaveProperty("sessionId");
    for (let n = 20; n < 100; n++) await guess(`typo-${n}`, office);
    await expect(enterAs(username, PASSWORD, office)).rejects.toMatchObject({ params: { seconds: 6 } });
    await expect(enterAs(username, PASSWORD, { ip: "203.0.113.21" })).resolves.toHaveProperty("sessionId");
  });

  test("gets back what a success took, and nothing of what other names took", async () => {
    const { username } = await fixtures.addUser("support");
    const office = { ip: "203.0.113.30" };
    for (let n = 0; n < 99; n++) await guess(`other-${n}`, office);
    for (let n = 0; n < 5; n++) await enterAs(username, PASSWORD, office);
    expect(await guess("other-99", office)).toMatchObject(wrong);
    expect(await guess("other-100", office)).toMatchObject({ code: "too_many" });
  });
});

describe("a known browser", () => {
  test("has tries of its own, which a success gives back", async () => {
    const { username } = await fixtures.addUser("support");
    const device = await knownBrowser(username);
    expect(await guessOn(username, { device })).toBe(10);
    expect(await guess(username)).toMatchObject(wrong);
    fixtures.advance(60);
    await enterAs(username, PASSWORD, { device });
    expect(await guessOn(username, { device })).toBe(10);
  });

  test("is known no longer after 100 wrong passwords", async () => {
    const { username } = await fixtures.addUser("support");
    const device = await knownBrowser(username);
    let checked = 0;
    for (let n = 0; n < 10; n++) {
      checked += await guessOn(username, { device, ip: HOME });
      fixtures.advance(3_600);
    }
    expect(checked).toBe(100);
    expect(await guessOn(username, { device, ip: HOME })).toBe(5);
  });

  test("is known for those who signed in there, and for nobody else", async () => {
    const [lin, yan] = [await fixtures.addUser("support"), await fixtures.addUser("support")];
    const ofLin = await knownBrowser(lin.username);
    await guessOn(yan.username);
    await expect(enterAs(yan.username, PASSWORD, { device: ofLin })).rejects.toMatchObject({ code: "too_many" });
    fixtures.advance(3_600);
    const both = String((await enterAs(yan.username, PASSWORD, { device: ofLin })).deviceCookie);
    for (const { username } of [lin, yan]) {
      await guessOn(username);
      await expect(enterAs(username, PASSWORD, { device: both })).resolves.toHaveProperty("sessionId");
    }
  });

  test("can't be made up: an id without our signature, or signed with another secret, is worth nothing", async () => {
    const { username } = await fixtures.addUser("support");
    const device = await knownBrowser(username);
    await guessOn(username);
    const [id = "", signature = ""] = device.split(".");
    for (const forged of [id, `${id}.${"A".repeat(43)}`, `${id.replace(/^./, "0")}x.${signature}`, "~~", "é"])
      await expect(enterAs(username, PASSWORD, { device: forged })).rejects.toMatchObject({ code: "too_many" });
    sharedSlot("env").value = { AUTH_SECRET: "u".repeat(40) };
    await guessOn(username);
    await expect(enterAs(username, PASSWORD, { device })).rejects.toMatchObject({ code: "too_many" });
    sharedSlot("env").value = { AUTH_SECRET: "t".repeat(40) };
  });

  test("is unknown again when its sessions are ended, the password reset or the user disabled", async () => {
    const revocations: Record<string, (userId: string) => Promise<unknown>> = {
      ended: (userId) => endSessions({ ctx: boss, input: { userId } }),
      disabled: (userId) => disableUser({ ctx: boss, input: { userId }, pauseBatches: async () => 0 }),
      reset: async (userId) => {
        const { path } = await createResetLink({ ctx: boss, input: { userId } });
        const input = { token: path.split("#")[1] ?? "", password: PASSWORD };
        return redeemLink({ ctx: fixtures.anonymous(), input });
      },
    };
    for (const [name, revoke] of Object.entries(revocations)) {
      const member = await fixtures.addUser("support");
      const device = await knownBrowser(member.username);
      await revoke(member.id);
      await guessOn(member.username);
      const back = enterAs(member.username, PASSWORD, { device });
      await expect(back, name).rejects.toMatchObject({ code: "too_many" });
    }
  });
});

test("what was counted is kept in the database, and deleted when it no longer counts", async () => {
  const { username } = await fixtures.addUser("support");
  await guess(username, { ip: "203.0.113.40" });
  const kept = async () => {
    const [total, ...others] = tryKeys(username, "203.0.113.40");
    const rows = await fixtures.db.select({ key: signInFailure.key }).from(signInFailure);
    const has = (key: string | undefined) => rows.some((row) => row.key === key);
    return { total: has(total), others: others.filter(has).length };
  };
  expect(await kept()).toEqual({ total: true, others: 3 });
  fixtures.advance(86_401);
  await pruneAttempts({ ctx: fixtures.anonymous() });
  expect(await kept()).toEqual({ total: true, others: 0 });
  fixtures.advance(366 * 86_400);
  await pruneAttempts({ ctx: fixtures.anonymous() });
  expect(await kept()).toEqual({ total: false, others: 0 });
});

test("blocked sign-ins are in the audit once a minute and name, with their count", async () => {
  fixtures.advance(60);
  await recordRefusals({ ctx: fixtures.anonymous() });
  const member = await fixtures.addUser("support");
  await guessOn(member.username, { ip: HOME });
  for (let n = 0; n < 9; n++) await guess(member.username, { ip: HOME });
  await recordRefusals({ ctx: fixtures.anonymous() });
  expect(await fixtures.lastAudit("session.blocked", member.id)).toBeUndefined();
  fixtures.advance(60);
  await Promise.all([1, 2, 3].map(() => recordRefusals({ ctx: fixtures.anonymous() })));
  const rows = await fixtures.db.select().from(audit).where(eq(audit.action, "session.blocked"));
  expect(rows.filter((row) => row.targetId === member.id)).toMatchObject([
    { outcome: "refused", ip: HOME, actorId: null, detail: { username: member.username, count: 10 } },
  ]);
});

test("guesses at names nobody has are one row a minute, without the names", async () => {
  fixtures.advance(60);
  await recordRefusals({ ctx: fixtures.anonymous() });
  for (let n = 0; n < 4; n++) await guess(`hunter2-in-the-wrong-box-${n}`);
  fixtures.advance(60);
  await recordRefusals({ ctx: fixtures.anonymous() });
  const refused = like(audit.action, "session.refused");
  const rows = await fixtures.db.select().from(audit).where(refused).orderBy(audit.id);
  expect(rows.filter((row) => row.targetId === null).at(-1)).toMatchObject({ detail: { count: 4 } });
  expect(JSON.stringify([rows, await fixtures.db.select().from(signInFailure)])).not.toContain("hunter2");
});
