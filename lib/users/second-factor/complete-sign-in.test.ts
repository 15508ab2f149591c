import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { knownDevice, session, signInTicket, user } from "@/lib/db/schema";
import { codeAt, enrol, enterPassword, setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { noBatches, openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { changeOwnPassword } from "../change-own-password";
import { createResetLink } from "../create-reset-link";
import { disableUser } from "../disable-user";
import type { Browser } from "../open-session";
import { readSession } from "../read-session";
import { redeemLink } from "../redeem-link";
import { resetSecondFactor } from "../reset-second-factor";
import { signIn } from "../sign-in";
import { completeSignIn } from "./complete-sign-in";
import { readOwnSecondFactor } from "./read-second-factor";
import { SecondFactorNeeded } from "./sign-in-tickets";

let fixtures: UserFixtures;
beforeAll(async () => {
  setSecondFactorEnv();
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

const enrolled = async () => enrol(fixtures, await fixtures.addUser("operator"));
const finish = (token: string, code: string, browser?: Browser) =>
  completeSignIn({ ctx: fixtures.anonymous(), input: { token, proof: { kind: "code", code } }, browser });
const expired = { code: "expired", key: "sign_in_expired" };

test("a right password opens no session; the code does, once", async () => {
  const { account, ctx, secret } = await enrolled();
  const { token, methods } = await enterPassword(fixtures, account.username);
  expect(methods).toEqual({ code: true, passkey: false });
  const code = codeAt(secret, ctx.now());
  const { sessionId } = await finish(token, code);
  expect(await readSession(fixtures.db, sessionId, ctx.now())).toMatchObject({ id: account.id });
  expect(await fixtures.lastAudit("session.opened", account.id)).toMatchObject({ detail: { by: "code" } });
  await expect(finish(token, code)).rejects.toMatchObject(expired);
});

test("the session is as after a password: proved, as long, in place of the browser's, and the browser is known", async () => {
  const { account, ctx, secret } = await enrolled();
  const { token } = await enterPassword(fixtures, account.username);
  const before = { deviceCookie: null, sessionId: ctx.actor.sessionId };
  const opened = await finish(token, codeAt(secret, ctx.now()), before);
  expect(await fixtures.actorOf(ctx)).toBeNull();
  const [row] = await fixtures.db.select().from(session).where(eq(session.id, opened.sessionId));
  expect(row).toMatchObject({ provedAt: ctx.now(), expiresAt: new Date(ctx.now().getTime() + 12 * 3_600_000) });
  expect(opened.deviceCookie).toContain(row?.deviceId);

  // Somebody who knows the password and guesses codes elsewhere keeps nobody out where they are known.
  for (let guess = 0; guess < 20; guess++) {
    const ticket = await enterPassword(fixtures, account.username);
    await finish(ticket.token, "000000").catch(() => null);
  }
  fixtures.advance(30);
  const right = codeAt(secret, ctx.now());
  const elsewhere = await enterPassword(fixtures, account.username);
  await expect(finish(elsewhere.token, right)).rejects.toMatchObject({ code: "too_many" });
  const here = await enterPassword(fixtures, account.username);
  const known = { deviceCookie: opened.deviceCookie, sessionId: null };
  expect(await finish(here.token, right, known)).toMatchObject({ deviceCookie: opened.deviceCookie });
  expect(await fixtures.lastAudit("session.opened", account.id)).toMatchObject({ detail: { device: "known" } });
});

test("who does not know the password learns nothing of a second factor", async () => {
  const { account } = await enrolled();
  const guess = signIn({ ctx: fixtures.anonymous(), input: { username: account.username, password: "a guess" } });
  await expect(guess).rejects.toMatchObject({ code: "not_signed_in", key: "wrong_sign_in" });
});

test("a ticket is good for five tries and five minutes; what it says to the browser has no token", async () => {
  const { account, ctx, secret } = await enrolled();
  const tried = await enterPassword(fixtures, account.username);
  for (let guess = 0; guess < 5; guess++) {
    await expect(finish(tried.token, "000000")).rejects.toMatchObject({ fields: { code: "wrong_code" } });
  }
  await expect(finish(tried.token, codeAt(secret, ctx.now()))).rejects.toMatchObject(expired);

  const slow = await enterPassword(fixtures, account.username);
  fixtures.advance(301);
  await expect(finish(slow.token, codeAt(secret, ctx.now()))).rejects.toMatchObject(expired);
  await enterPassword(fixtures, account.username);
  expect(await fixtures.db.select().from(signInTicket)).toHaveLength(1);
  await expect(finish("made up".repeat(6), codeAt(secret, ctx.now()))).rejects.toMatchObject(expired);
});

test("two uses of one ticket open one session", async () => {
  const { account, recoveryCodes } = await enrolled();
  const { token } = await enterPassword(fixtures, account.username);
  const use = (code = "") =>
    completeSignIn({ ctx: fixtures.anonymous(), input: { token, proof: { kind: "recovery_code", code } } });
  const both = await Promise.allSettled([use(recoveryCodes[0]), use(recoveryCodes[1])]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a disabled user's ticket, and one from before the password was changed, are worth nothing", async () => {
  const admin = await fixtures.signIn(await fixtures.addUser("admin"));
  const disabled = await enrolled();
  const first = await enterPassword(fixtures, disabled.account.username);
  await disableUser({ ctx: admin, input: { userId: disabled.account.id }, pauseBatches: noBatches });
  await expect(finish(first.token, codeAt(disabled.secret, admin.now()))).rejects.toMatchObject(expired);

  const changed = await enrolled();
  const second = await enterPassword(fixtures, changed.account.username);
  await changeOwnPassword({ ctx: changed.ctx, input: { current: PASSWORD, password: "quite another password" } });
  await expect(finish(second.token, codeAt(changed.secret, admin.now()))).rejects.toMatchObject(expired);
});

test("a reset link replaces the password, and not the second factor", async () => {
  const admin = await fixtures.signIn(await fixtures.addUser("admin"));
  const { account } = await enrolled();
  const link = await createResetLink({ ctx: admin, input: { userId: account.id } });
  const password = "one from the reset link";
  const token = link.path.split("#")[1] ?? "";
  await redeemLink({ ctx: fixtures.anonymous(), input: { token, password } });
  const enter = signIn({ ctx: fixtures.anonymous(), input: { username: account.username, password } });
  await expect(enter).rejects.toBeInstanceOf(SecondFactorNeeded);
});

test("with SECOND_FACTOR=off the password is enough", async () => {
  const { account } = await enrolled();
  setSecondFactorEnv({ SECOND_FACTOR: "off" });
  await expect(fixtures.signIn(account)).resolves.toMatchObject({ actor: { id: account.id } });
  setSecondFactorEnv();
});

test("an administrator's reset takes it away, ends the sessions, and is audited; never one's own", async () => {
  // The only administrator: nobody has to approve.
  await fixtures.db.update(user).set({ role: "support" });
  const admin = await enrol(fixtures, await fixtures.addUser("admin"));
  const { account, ctx } = await enrolled();
  const { token } = await enterPassword(fixtures, account.username);
  const reset = (userId: string) => resetSecondFactor({ ctx: admin.ctx, input: { userId } });
  expect(await fixtures.db.select().from(knownDevice).where(eq(knownDevice.userId, account.id))).not.toEqual([]);
  expect(await reset(account.id)).toEqual({ ended: 1 });
  expect(await fixtures.db.select().from(knownDevice).where(eq(knownDevice.userId, account.id))).toEqual([]);
  expect(await fixtures.actorOf(ctx)).toBeNull();
  await expect(finish(token, "000000")).rejects.toMatchObject(expired);
  await expect(fixtures.signIn(account)).resolves.toMatchObject({ actor: { id: account.id } });
  const row = await fixtures.lastAudit("second_factor.reset", account.id);
  expect(row).toMatchObject({ actorId: admin.account.id, detail: { sessionsEnded: 1 } });
  const seen = await readOwnSecondFactor({ ctx });
  expect(seen.lastReset).toEqual({ at: row?.at.toISOString(), by: admin.account.username, approvedBy: null });
  await expect(reset(account.id)).rejects.toMatchObject({ key: "no_second_factor" });
  await expect(reset(admin.account.id)).rejects.toMatchObject({ key: "not_own_second_factor" });
});
