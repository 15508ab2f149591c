import { argon2 } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { audit, signInFailure, user } from "@/lib/db/schema";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { SESSION_DAYS } from "./open-session";
import { verifyPassword } from "./password";
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

test("signing in opens a session that ends by itself", async () => {
  const ctx = await fixtures.signIn(await fixtures.addUser("operator"));
  expect(await fixtures.actorOf(ctx)).toEqual(ctx.actor);
  fixtures.advance(SESSION_DAYS * 86_400);
  expect(await fixtures.actorOf(ctx)).toBeNull();
});

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

test("a refusal is audited, without the text of an unknown name", async () => {
  const known = await fixtures.addUser("support");
  await fail(known.username);
  await fail("hunter2-in-the-wrong-box");
  const [second, first] = await fixtures.db.select().from(audit).orderBy(desc(audit.id)).limit(2);
  expect(first).toMatchObject({ action: "session.refused", outcome: "refused", targetId: known.id });
  expect(second).toMatchObject({ action: "session.refused", targetId: null, detail: { unknownName: 24 } });
  const failures = await fixtures.db.select().from(signInFailure);
  expect(JSON.stringify(failures)).not.toContain("hunter2");
});
