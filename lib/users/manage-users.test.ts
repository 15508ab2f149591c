import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { audit, user } from "@/lib/db/schema";
import { openPeopleRoom, PASSWORD, type PeopleRoom, type Person } from "@/test/support/user-fixtures";
import { changeOwnPassword } from "./change-own-password";
import { changeRole } from "./change-role";
import { createResetLink } from "./create-reset-link";
import { createUser } from "./create-user";
import { disableUser } from "./disable-user";
import { enableUser } from "./enable-user";
import { endOwnSessions } from "./end-own-sessions";
import { endSessions } from "./end-sessions";
import { inspectLink } from "./inspect-link";
import { listOwnSessions, listSessions } from "./list-sessions";
import { listUsers } from "./list-users";
import { redeemLink } from "./redeem-link";
import { signIn } from "./sign-in";

let room: PeopleRoom;
let boss: Person;
let ctx: Ctx;
beforeAll(async () => {
  room = await openPeopleRoom();
  boss = await room.person("admin", "boss");
  ctx = await room.enter(boss);
});
afterAll(() => room.close());

const lastAudit = async (action: string, targetId: string) => {
  const which = and(eq(audit.action, action), eq(audit.targetId, targetId));
  const [row] = await room.db.select().from(audit).where(which).orderBy(desc(audit.id)).limit(1);
  return row;
};
const tokenOf = (path: string) => path.split("#")[1] ?? "";
const redeem = (path: string, password: string) =>
  redeemLink({ ctx: room.anonymous(), input: { token: tokenOf(path), password } });
const rowOf = async (id: string) => (await listUsers({ ctx })).find((row) => row.id === id);

describe("a new user", () => {
  test("sets his password with the link, once, and can then sign in", async () => {
    const link = await createUser({ ctx, input: { username: "yan", role: "support" } });
    const yan = (await listUsers({ ctx })).find((row) => row.username === "yan");
    expect(yan).toMatchObject({ state: "invited", role: "support", sessions: 0, linkUntil: link.expiresAt });
    await expect(signIn({ ctx: room.anonymous(), input: { username: "yan", password: "" } })).rejects.toThrow();
    expect(await inspectLink({ ctx: room.anonymous(), input: { token: tokenOf(link.path) } })).toEqual({
      kind: "reset",
      username: "yan",
    });
    expect(await redeem(link.path, "chosen by myself")).toEqual({ username: "yan" });
    await expect(redeem(link.path, "chosen by another")).rejects.toMatchObject({ key: "link_expired" });
    await signIn({ ctx: room.anonymous(), input: { username: "yan", password: "chosen by myself" } });
    expect(await rowOf(yan?.id ?? "")).toMatchObject({ state: "active", sessions: 1, linkUntil: null });
    expect(await lastAudit("user.created", yan?.id ?? "")).toMatchObject({ actorId: boss.id, outcome: "ok" });
  });

  test("may not take a name that exists, in any case", async () => {
    const answer = createUser({ ctx, input: { username: "BOSS", role: "support" } });
    await expect(answer).rejects.toMatchObject({ code: "bad_input", fields: { username: "name_taken" } });
  });
});

describe("a reset link", () => {
  test("changes nothing until used; then the old password and every session are gone", async () => {
    const who = await room.person("operator");
    const session = await room.enter(who);
    const first = await createResetLink({ ctx, input: { userId: who.id } });
    const second = await createResetLink({ ctx, input: { userId: who.id } });
    expect(await room.whoIs(session)).not.toBeNull();
    await expect(redeem(first.path, "by the older link")).rejects.toMatchObject({ key: "link_expired" });
    await redeem(second.path, "by the newer link");
    expect(await room.whoIs(session)).toBeNull();
    await expect(room.enter(who)).rejects.toMatchObject({ key: "wrong_sign_in" });
    expect(await lastAudit("user.password_set", who.id)).toMatchObject({ detail: { sessionsEnded: 1 } });
  });

  test("frees somebody whose name was slowed down by guessing", async () => {
    const who = await room.person("operator");
    for (let i = 0; i < 5; i++) {
      await signIn({ ctx: room.anonymous(), input: { username: who.username, password: "x" } }).catch(() => null);
    }
    await expect(room.enter(who)).rejects.toMatchObject({ code: "too_many" });
    const link = await createResetLink({ ctx, input: { userId: who.id } });
    await redeem(link.path, "a fresh password");
    const input = { username: who.username, password: "a fresh password" };
    await expect(signIn({ ctx: room.anonymous(), input })).resolves.toMatch(/-/);
  });

  test("is not made for a disabled user, and dies with the disabling", async () => {
    const who = await room.person("support");
    const link = await createResetLink({ ctx, input: { userId: who.id } });
    await disableUser({ ctx, input: { userId: who.id } });
    await expect(redeem(link.path, "let me in again")).rejects.toMatchObject({ key: "link_expired" });
    await expect(createResetLink({ ctx, input: { userId: who.id } })).rejects.toMatchObject({ key: "user_disabled" });
  });
});

describe("disabling", () => {
  test("refuses the next request, keeps out, and is undone by enabling", async () => {
    const who = await room.person("support");
    const session = await room.enter(who);
    expect(await room.whoIs(session)).toMatchObject({ id: who.id });
    await disableUser({ ctx, input: { userId: who.id } });
    expect(await room.whoIs(session)).toBeNull();
    await expect(room.enter(who)).rejects.toMatchObject({ key: "wrong_sign_in" });
    expect(await rowOf(who.id)).toMatchObject({ state: "disabled", sessions: 0 });
    await enableUser({ ctx, input: { userId: who.id } });
    expect(await room.whoIs(session)).toBeNull();
    expect(await room.whoIs(await room.enter(who))).not.toBeNull();
    expect(await lastAudit("user.disabled", who.id)).toMatchObject({ actorName: "boss", detail: { sessionsEnded: 1 } });
    expect(await lastAudit("user.enabled", who.id)).toBeDefined();
  });

  test("a sign-in going on at that moment leaves no open session", async () => {
    for (let i = 0; i < 5; i++) {
      const who = await room.person("support");
      const [entered] = await Promise.allSettled([room.enter(who), disableUser({ ctx, input: { userId: who.id } })]);
      if (entered.status === "fulfilled") expect(await room.whoIs(entered.value)).toBeNull();
      expect(await listSessions({ ctx, input: { userId: who.id } })).toEqual([]);
    }
  });

  test("is refused for oneself and for nobody", async () => {
    await expect(disableUser({ ctx, input: { userId: boss.id } })).rejects.toMatchObject({ key: "not_oneself" });
    const nobody = { userId: "00000000-0000-4000-8000-000000000000" };
    await expect(disableUser({ ctx, input: nobody })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a role", () => {
  test("counts from the next request on, in sessions already open", async () => {
    const who = await room.person("support");
    const session = await room.enter(who);
    await changeRole({ ctx, input: { userId: who.id, role: "operator" } });
    expect(await room.whoIs(session)).toMatchObject({ role: "operator" });
    await changeRole({ ctx, input: { userId: who.id, role: "support" } });
    expect(await room.whoIs(session)).toMatchObject({ role: "support" });
    expect(await lastAudit("user.role_changed", who.id)).toMatchObject({ detail: { from: "operator", to: "support" } });
  });
});

describe("the last administrator", () => {
  const admins = async () => room.db.select({ id: user.id }).from(user).where(eq(user.role, "admin"));

  test("can't be demoted, nor disabled by one who is none any more", async () => {
    const last = { code: "conflict", key: "last_admin" };
    await expect(changeRole({ ctx, input: { userId: boss.id, role: "operator" } })).rejects.toMatchObject(last);
    const other = await room.enter(await room.person("operator"));
    await expect(disableUser({ ctx: other, input: { userId: boss.id } })).rejects.toMatchObject(last);
  });

  test("does not count those who can't sign in", async () => {
    await createUser({ ctx, input: { username: "invited.admin", role: "admin" } });
    await expect(changeRole({ ctx, input: { userId: boss.id, role: "support" } })).rejects.toMatchObject({
      key: "last_admin",
    });
  });

  test("is left when all demote and disable each other at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const second = await room.person("admin");
      const third = await room.person("admin");
      const secondCtx = await room.enter(second);
      const answers = await Promise.allSettled([
        changeRole({ ctx, input: { userId: second.id, role: "support" } }),
        changeRole({ ctx, input: { userId: third.id, role: "support" } }),
        changeRole({ ctx: secondCtx, input: { userId: boss.id, role: "support" } }),
        disableUser({ ctx: secondCtx, input: { userId: boss.id } }),
      ]);
      const able = (await listUsers({ ctx })).filter((row) => row.role === "admin" && row.state === "active");
      expect(able).toHaveLength(1);
      expect(answers.some((answer) => answer.status === "rejected")).toBe(true);
      await room.db.update(user).set({ role: "admin", disabledAt: null }).where(eq(user.id, boss.id));
      for (const { id } of await admins()) {
        if (id !== boss.id) await room.db.update(user).set({ role: "support" }).where(eq(user.id, id));
      }
    }
  });
});

describe("sessions", () => {
  test("an administrator ends one, or all", async () => {
    const who = await room.person("support");
    const [a, b, c] = [await room.enter(who), await room.enter(who), await room.enter(who)];
    expect((await listSessions({ ctx, input: { userId: who.id } })).map((row) => row.current)).toEqual([
      false,
      false,
      false,
    ]);
    const sessionId = a.actor.sessionId ?? "";
    expect(await endSessions({ ctx, input: { userId: who.id, sessionId } })).toEqual({ ended: 1 });
    expect(await room.whoIs(a)).toBeNull();
    expect(await room.whoIs(b)).not.toBeNull();
    expect(await endSessions({ ctx, input: { userId: who.id } })).toEqual({ ended: 2 });
    expect(await room.whoIs(c)).toBeNull();
    expect(await lastAudit("user.sessions_ended", who.id)).toMatchObject({ actorId: boss.id, detail: { ended: 2 } });
  });

  test("one ends one's own, never another's, never the one in hand by mistake", async () => {
    const who = await room.person("support");
    const [here, there] = [await room.enter(who), await room.enter(who)];
    const foreign = (await room.enter(await room.person("support"))).actor.sessionId ?? "";
    expect(await endOwnSessions({ ctx: here, input: { sessionId: foreign } })).toEqual({ ended: 0 });
    expect(await endOwnSessions({ ctx: here, input: {} })).toEqual({ ended: 1 });
    expect(await room.whoIs(there)).toBeNull();
    expect(await listOwnSessions({ ctx: here })).toMatchObject([{ current: true, userAgent: "test" }]);
  });
});

describe("one's own password", () => {
  test("asks the current one, ends the other sessions, keeps this one", async () => {
    const who = await room.person("support");
    const [here, there] = [await room.enter(who), await room.enter(who)];
    const input = { current: PASSWORD, password: "something better" };
    const wrong = changeOwnPassword({ ctx: here, input: { ...input, current: "guessed" } });
    await expect(wrong).rejects.toMatchObject({ code: "bad_input", fields: { current: "wrong_password" } });
    expect(await room.whoIs(there)).not.toBeNull();
    expect(await changeOwnPassword({ ctx: here, input })).toEqual({ ended: 1 });
    expect(await room.whoIs(here)).not.toBeNull();
    expect(await room.whoIs(there)).toBeNull();
    await expect(room.enter(who)).rejects.toMatchObject({ key: "wrong_sign_in" });
  });

  test("can't be guessed from a session left open", async () => {
    const who = await room.person("support");
    const here = await room.enter(who);
    const guess = () => changeOwnPassword({ ctx: here, input: { current: "guess", password: "something better" } });
    for (let i = 0; i < 5; i++) await expect(guess()).rejects.toMatchObject({ code: "bad_input" });
    await expect(guess()).rejects.toMatchObject({ code: "too_many" });
  });
});
