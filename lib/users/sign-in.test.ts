import { argon2 } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { audit, user } from "@/lib/db/schema";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { HASHES_AT_ONCE, hashPassword, verifyPassword } from "./password";
import { signIn } from "./sign-in";

vi.mock("node:crypto", async (original) => {
  const actual = await original<typeof import("node:crypto")>();
  return { ...actual, argon2: vi.fn(actual.argon2) };
});

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

const wrong = { code: "not_signed_in", key: "wrong_sign_in" };
const enterAs = (username: string, password: string, ip?: string) =>
  signIn({ ctx: fixtures.anonymous(ip), input: { username, password } });
const fail = (username: string) => enterAs(username, "wrong password").catch((error) => error);

test("the name is taken in any case, and the address recorded", async () => {
  const member = await fixtures.addUser("support", "Lin.Tao");
  await enterAs("LIN.TAO", PASSWORD, "203.0.113.9");
  const [row] = await fixtures.db.select().from(audit).where(eq(audit.actorId, member.id));
  expect(row).toMatchObject({ action: "session.opened", outcome: "ok", ip: "203.0.113.9", actorName: "Lin.Tao" });
  const [stored] = await fixtures.db.select().from(user).where(eq(user.id, member.id));
  expect(stored?.lastSignInAt).toEqual(row?.at);
});

test("a wrong name, a wrong password and a disabled user answer the same", async () => {
  const known = await fixtures.addUser("support");
  const disabled = await fixtures.addUser("support");
  await fixtures.db.update(user).set({ disabledAt: new Date() }).where(eq(user.id, disabled.id));
  await expect(enterAs("nobody.of.that.name", PASSWORD)).rejects.toMatchObject(wrong);
  await expect(enterAs(known.username, "wrong password")).rejects.toMatchObject(wrong);
  await expect(enterAs(disabled.username, PASSWORD)).rejects.toMatchObject(wrong);
});

test("a wrong name, a wrong password and a user without one cost the same: one argon2 each", async () => {
  const known = await fixtures.addUser("support");
  const invited = await fixtures.addUser("support");
  await fixtures.db.update(user).set({ passwordHash: null }).where(eq(user.id, invited.id));
  await verifyPassword(null, "makes the decoy");
  for (const name of ["nobody.at.all", known.username, invited.username]) {
    vi.mocked(argon2).mockClear();
    await fail(name);
    expect(vi.mocked(argon2).mock.calls.map(([kind, cost]) => [kind, cost.memory, cost.passes])).toEqual([
      ["argon2id", 19_456, 2],
    ]);
  }
});

test("a refusal is audited", async () => {
  const known = await fixtures.addUser("support");
  await fail(known.username);
  const [first] = await fixtures.db.select().from(audit).orderBy(desc(audit.id)).limit(1);
  expect(first).toMatchObject({ action: "session.refused", outcome: "refused", targetId: known.id });
});

test("a hash that is cheaper than today's is made anew at sign-in, and opens as before", async () => {
  const member = await fixtures.addUser("support");
  const cheap = await hashPassword(PASSWORD, { memory: 8_192, passes: 1, parallelism: 1 });
  await fixtures.db.update(user).set({ passwordHash: cheap }).where(eq(user.id, member.id));
  await enterAs(member.username, PASSWORD);
  const [stored] = await fixtures.db.select().from(user).where(eq(user.id, member.id));
  expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  await enterAs(member.username, PASSWORD);
  const [again] = await fixtures.db.select().from(user).where(eq(user.id, member.id));
  expect(again?.passwordHash).toBe(stored?.passwordHash);
});

test("no more hashes are made at once than leave a core to everything else", async () => {
  let running = 0;
  let most = 0;
  const { argon2: real } = await vi.importActual<typeof import("node:crypto")>("node:crypto");
  vi.mocked(argon2).mockImplementation((kind, cost, callback) => {
    most = Math.max(most, ++running);
    real(kind, cost, (error, tag) => {
      running--;
      callback(error, tag);
    });
  });
  await Promise.all(Array.from({ length: 8 }, () => verifyPassword(null, "any")));
  expect(most).toBe(HASHES_AT_ONCE);
  vi.mocked(argon2).mockImplementation(real);
});

test("what looks the same is the same password: full width and half width, one way of writing an accent and the other", async () => {
  const hash = await hashPassword("ｐａｓｓｗｏｒｄ é of mine");
  expect(await verifyPassword(hash, "password e\u0301 of mine")).toBe(true);
});

test("the session a browser had ends when somebody signs in there, with a new id", async () => {
  const [lin, yan] = [await fixtures.addUser("support"), await fixtures.addUser("support")];
  const before = await fixtures.signIn(lin);
  const elsewhere = await fixtures.signIn(lin);
  const input = { username: yan.username, password: PASSWORD };
  const browser = { deviceCookie: null, sessionId: before.actor.sessionId };
  const { sessionId } = await signIn({ ctx: fixtures.anonymous(), input, browser });
  expect(sessionId).not.toBe(before.actor.sessionId);
  expect(await fixtures.actorOf(before)).toBeNull();
  expect(await fixtures.actorOf(elsewhere)).not.toBeNull();
});
