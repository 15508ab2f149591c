import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { session } from "@/lib/db/schema";
import { noBatches, openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { disableUser } from "./disable-user";
import { proveIdentity } from "./prove-identity";
import { readProof } from "./read-proof";
import { proveIdentitySchema } from "./schemas";
import { signIn } from "./sign-in";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

const right = { by: "password", password: PASSWORD } as const;
const wrong = { by: "password", password: "a guess" } as const;
const provedAt = async (ctx: Ctx) => (await readProof(fixtures.db, ctx.actor.sessionId)).provedAt;
const guess = (ctx: Ctx) => proveIdentity({ ctx, input: wrong }).catch((error: unknown) => error);
const enter = async () => fixtures.signIn(await fixtures.addUser("operator"));

test("signing in is a proof", async () => {
  const ctx = await enter();
  expect(await provedAt(ctx)).toEqual(ctx.now());
});

test("the right password is a fresh one, of this session alone, and audited", async () => {
  const account = await fixtures.addUser("operator");
  const ctx = await fixtures.signIn(account);
  const elsewhere = await fixtures.signIn(account);
  const signedInAt = ctx.now();
  fixtures.advance(900);
  await proveIdentity({ ctx, input: right });
  expect(await provedAt(ctx)).toEqual(ctx.now());
  expect(await provedAt(elsewhere)).toEqual(signedInAt);
  const entry = await fixtures.lastAudit("session.proved", account.id);
  expect(entry).toMatchObject({ outcome: "ok", detail: { username: account.username, by: "password" } });
});

test("a wrong one changes nothing, says so at its field, and is audited without what was typed", async () => {
  const ctx = await enter();
  const before = await provedAt(ctx);
  fixtures.advance(60);
  expect(await guess(ctx)).toMatchObject({ code: "bad_input", fields: { password: "wrong_password" } });
  expect(await provedAt(ctx)).toEqual(before);
  const entry = await fixtures.lastAudit("session.proved", ctx.actor.id ?? "");
  expect(entry).toMatchObject({ outcome: "refused", detail: { failed: 1, sessionEnded: false } });
  expect(JSON.stringify(entry)).not.toContain(wrong.password);
});

test("the fifth wrong one in a row ends the session; the right password no longer opens it", async () => {
  const ctx = await enter();
  for (let i = 1; i < 5; i++) expect(await guess(ctx)).toMatchObject({ code: "bad_input" });
  expect(await fixtures.actorOf(ctx)).not.toBeNull();
  expect(await guess(ctx)).toMatchObject({ code: "not_signed_in" });
  expect(await fixtures.actorOf(ctx)).toBeNull();
  const entry = await fixtures.lastAudit("session.proved", ctx.actor.id ?? "");
  expect(entry?.detail).toMatchObject({ failed: 5, sessionEnded: true });
  // Past the wait that five tries bring.
  fixtures.advance(900);
  await expect(proveIdentity({ ctx, input: right })).rejects.toMatchObject({ code: "not_signed_in" });
});

test("a right one forgets the wrong ones before it", async () => {
  const ctx = await enter();
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 4; i++) await guess(ctx);
    await proveIdentity({ ctx, input: right });
  }
  expect(await fixtures.actorOf(ctx)).not.toBeNull();
});

test("guesses made at once are counted one by one", async () => {
  const ctx = await enter();
  await Promise.all(Array.from({ length: 5 }, () => guess(ctx)));
  expect(await fixtures.actorOf(ctx)).toBeNull();
  const [row] = await fixtures.db
    .select({ failed: session.failedProofs })
    .from(session)
    .where(eq(session.id, ctx.actor.sessionId ?? ""));
  expect(row?.failed).toBe(5);
});

test("guesses elsewhere, at the sign-in or in another session, don't count here", async () => {
  const account = await fixtures.addUser("operator");
  const [first, second] = [await fixtures.signIn(account), await fixtures.signIn(account)];
  const input = { username: account.username, password: wrong.password };
  for (let i = 0; i < 30; i++) await signIn({ ctx: fixtures.anonymous(), input }).catch(() => undefined);
  for (let i = 0; i < 4; i++) await guess(first);
  await proveIdentity({ ctx: second, input: right });
  expect(await provedAt(second)).toEqual(second.now());
});

test("whoever was disabled meanwhile proves nothing", async () => {
  const admin = await fixtures.signIn(await fixtures.addUser("admin"));
  const ctx = await enter();
  await disableUser({ ctx: admin, input: { userId: ctx.actor.id ?? "" }, pauseBatches: noBatches });
  await expect(proveIdentity({ ctx, input: right })).rejects.toMatchObject({ code: "not_signed_in" });
});

test("a proof of an unknown kind is none", () => {
  expect(proveIdentitySchema.safeParse({ by: "word of honour", password: PASSWORD }).success).toBe(false);
  expect(proveIdentitySchema.safeParse({ password: PASSWORD }).success).toBe(false);
});
