import { afterAll, beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/lib/context";
import { changeSetting } from "@/lib/settings";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { assertFreshProof } from "./assert-fresh-proof";
import { proveIdentity } from "./prove-identity";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

const stale = { code: "proof_required", params: { by: "password" } };
const enter = async () => fixtures.signIn(await fixtures.addUser("admin"));

test("a sign-in is fresh for ten minutes, and the password makes it so again", async () => {
  const ctx = await enter();
  fixtures.advance(600);
  await assertFreshProof(fixtures.db, ctx);
  fixtures.advance(1);
  await expect(assertFreshProof(fixtures.db, ctx)).rejects.toMatchObject(stale);
  await proveIdentity({ ctx, input: { by: "password", password: PASSWORD } });
  await assertFreshProof(fixtures.db, ctx);
});

test("a proof is bound to its session", async () => {
  const account = await fixtures.addUser("admin");
  const old = await fixtures.signIn(account);
  fixtures.advance(601);
  const fresh = await fixtures.signIn(account);
  await assertFreshProof(fixtures.db, fresh);
  await expect(assertFreshProof(fixtures.db, old)).rejects.toMatchObject(stale);
});

test("a user without a session has proved nothing; the system needs no proof", async () => {
  const ctx = await enter();
  const bare = { ...ctx, actor: { ...ctx.actor, sessionId: null } };
  await expect(assertFreshProof(fixtures.db, bare)).rejects.toMatchObject(stale);
  await assertFreshProof(fixtures.db, { ...ctx, actor: SYSTEM });
});

test("how long it stays fresh is a setting", async () => {
  const ctx = await enter();
  await changeSetting({ ctx, input: { key: "step_up", value: { calls: 1_000, keys: 200, minutes: 1 } } });
  fixtures.advance(61);
  await expect(assertFreshProof(fixtures.db, ctx)).rejects.toMatchObject(stale);
});
