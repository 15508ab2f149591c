import { argon2 } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { audit, signInFailure, user } from "@/lib/db/schema";
import { openPeopleRoom, PASSWORD, type PeopleRoom } from "@/test/support/user-fixtures";
import { verifyPassword } from "./password";
import { SESSION_DAYS, signIn } from "./sign-in";
import { signOut } from "./sign-out";

vi.mock("node:crypto", async (original) => {
  const actual = await original<typeof import("node:crypto")>();
  return { ...actual, argon2: vi.fn(actual.argon2) };
});

let room: PeopleRoom;
beforeAll(async () => {
  room = await openPeopleRoom();
});
afterAll(() => room.close());
beforeEach(() => room.wait(7_200));

const wrong = { code: "not_signed_in", key: "wrong_sign_in" };
const enterAs = (username: string, password: string, ip?: string) =>
  signIn({ ctx: room.anonymous(ip), input: { username, password } });
const fail = (username: string, ip?: string) => enterAs(username, "wrong password", ip).catch((error) => error);

describe("signing in", () => {
  test("opens a session that ends by itself", async () => {
    const ctx = await room.enter(await room.person("operator"));
    expect(await room.whoIs(ctx)).toEqual(ctx.actor);
    room.wait(SESSION_DAYS * 86_400);
    expect(await room.whoIs(ctx)).toBeNull();
  });

  test("takes the name in any case, and writes where from", async () => {
    const who = await room.person("support", "Lin.Tao");
    await enterAs("LIN.TAO", PASSWORD, "203.0.113.9");
    const [row] = await room.db.select().from(audit).where(eq(audit.actorId, who.id));
    expect(row).toMatchObject({ action: "session.opened", outcome: "ok", ip: "203.0.113.9", actorName: "Lin.Tao" });
    const [stored] = await room.db.select().from(user).where(eq(user.id, who.id));
    expect(stored?.lastSignInAt).toEqual(row?.at);
  });

  test("a wrong name, a wrong password and a disabled user answer the same", async () => {
    const known = await room.person("support");
    const disabled = await room.person("support");
    await room.db.update(user).set({ disabledAt: new Date() }).where(eq(user.id, disabled.id));
    await expect(enterAs("nobody.of.that.name", PASSWORD)).rejects.toMatchObject(wrong);
    await expect(enterAs(known.username, "wrong password")).rejects.toMatchObject(wrong);
    await expect(enterAs(disabled.username, PASSWORD)).rejects.toMatchObject(wrong);
  });

  test("a wrong name, a wrong password and a user without one cost the same: one argon2 each", async () => {
    const known = await room.person("support");
    const invited = await room.person("support");
    await room.db.update(user).set({ passwordHash: null }).where(eq(user.id, invited.id));
    await verifyPassword(null, "makes the decoy");
    for (const name of ["nobody.at.all", known.username, invited.username]) {
      vi.mocked(argon2).mockClear();
      await fail(name);
      expect(vi.mocked(argon2).mock.calls.map(([kind, cost]) => [kind, cost.memory, cost.passes])).toEqual([
        ["argon2id", 19_456, 2],
      ]);
    }
  });

  test("a refusal is audited, without the words of a name nobody has", async () => {
    const known = await room.person("support");
    await fail(known.username);
    await fail("hunter2-in-the-wrong-box");
    const [second, first] = await room.db.select().from(audit).orderBy(desc(audit.id)).limit(2);
    expect(first).toMatchObject({ action: "session.refused", outcome: "refused", targetId: known.id });
    expect(second).toMatchObject({ action: "session.refused", targetId: null, detail: { unknownName: 24 } });
    const failures = await room.db.select().from(signInFailure);
    expect(JSON.stringify(failures)).not.toContain("hunter2");
  });
});

describe("guessing", () => {
  test("slows down for one name from many addresses, says how long, and recovers", async () => {
    const who = await room.person("support");
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push(await fail(who.username));
    expect(answers.map((error) => error.key)).toEqual([...Array(5).fill("wrong_sign_in"), "too_many_tries"]);
    expect(answers.at(-1)).toMatchObject({ code: "too_many", params: { seconds: 1 } });
    await expect(enterAs(who.username, PASSWORD)).rejects.toMatchObject({ code: "too_many" });
    room.wait(1);
    expect(await fail(who.username)).toMatchObject(wrong);
    expect(await fail(who.username)).toMatchObject({ params: { seconds: 2 } });
    room.wait(2);
    await enterAs(who.username, PASSWORD);
    expect(await fail(who.username)).toMatchObject(wrong);
  });

  test("never makes a name wait more than a minute", async () => {
    const who = await room.person("support");
    for (let i = 0; i < 14; i++) {
      await fail(who.username);
      room.wait(60);
    }
    await expect(enterAs(who.username, PASSWORD)).resolves.toMatch(/-/);
  });

  test("slows down an address that tries many names; others go on", async () => {
    const who = await room.person("support");
    for (let i = 0; i < 20; i++) await fail(`guess-${i}`, "203.0.113.20");
    await expect(enterAs(who.username, PASSWORD, "203.0.113.20")).rejects.toMatchObject({ code: "too_many" });
    await expect(enterAs(who.username, PASSWORD, "203.0.113.21")).resolves.toMatch(/-/);
  });

  test("a success takes back its own count from the address, not the others'", async () => {
    const who = await room.person("support");
    for (let i = 0; i < 19; i++) await fail(`other-${i}`, "203.0.113.30");
    for (let i = 0; i < 5; i++) await enterAs(who.username, PASSWORD, "203.0.113.30");
    expect(await fail("other-20", "203.0.113.30")).toMatchObject(wrong);
    expect(await fail("other-21", "203.0.113.30")).toMatchObject({ code: "too_many" });
  });

  test("side by side gets no more tries than one after the other", async () => {
    const who = await room.person("support");
    const answers = await Promise.all(Array.from({ length: 30 }, () => fail(who.username)));
    expect(answers.filter((error) => error.key === "wrong_sign_in")).toHaveLength(5);
    expect(answers.filter((error) => error.code === "too_many")).toHaveLength(25);
  });

  test("is remembered in the database, and forgotten after an hour", async () => {
    const who = await room.person("support");
    for (let i = 0; i < 5; i++) await fail(who.username);
    const kept = await room.db.select({ failures: signInFailure.failures }).from(signInFailure);
    expect(kept.map((row) => row.failures)).toContain(5);
    room.wait(3_601);
    for (let i = 0; i < 5; i++) expect(await fail(who.username)).toMatchObject(wrong);
  });
});

describe("signing out", () => {
  test("ends the session at once, once, and is audited", async () => {
    const who = await room.person("support");
    const ctx = await room.enter(who);
    const sessionId = ctx.actor.sessionId ?? "";
    await signOut({ ctx, input: { sessionId } });
    expect(await room.whoIs(ctx)).toBeNull();
    await signOut({ ctx, input: { sessionId } });
    const rows = await room.db.select({ action: audit.action }).from(audit).where(eq(audit.actorId, who.id));
    expect(rows.map((row) => row.action)).toEqual(["session.opened", "session.closed"]);
  });

  test("a session id that is none of ours is nobody", async () => {
    const ctx = room.anonymous();
    for (const sessionId of ["", "x", "00000000-0000-0000-0000-000000000000", "' or 1=1 --"]) {
      expect(await room.whoIs({ ...ctx, actor: { ...ctx.actor, sessionId } })).toBeNull();
    }
  });
});
