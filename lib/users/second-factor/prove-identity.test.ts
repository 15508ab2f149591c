import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { codeAt, enrol, enterPassword, setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { SoftwareAuthenticator } from "@/test/support/software-authenticator";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { assertFreshProof } from "../assert-fresh-proof";
import { changeOwnPassword } from "../change-own-password";
import { proveIdentity } from "../prove-identity";
import { addPasskey } from "./add-passkey";
import { completeSignIn } from "./complete-sign-in";
import { askOwnPasskey, beginPasskey } from "./passkey-options";
import type { SecondFactorProof } from "./schemas";

let fixtures: UserFixtures;
beforeAll(async () => {
  setSecondFactorEnv();
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

/** A user with an app, whose session's proof is stale. */
async function stale() {
  const someone = await enrol(fixtures, await fixtures.addUser("operator"));
  fixtures.advance(900);
  return someone;
}
const prove = (ctx: Ctx, proof: SecondFactorProof) =>
  proveIdentity({ ctx, input: { by: "second_factor", proof } }).catch((error: unknown) => error);
const fresh = ({ ctx }: { ctx: Ctx }) => assertFreshProof(fixtures.db, ctx);
const asked = (ways: string) => ({ code: "proof_required", params: { by: "second_factor", ways } });
const code = (text: string) => ({ kind: "code" as const, code: text });

test("who has a second factor is asked for it, and a code makes the session fresh, once", async () => {
  const someone = await stale();
  const { ctx, secret, account } = someone;
  await expect(fresh(someone)).rejects.toMatchObject(asked("code"));
  const right = code(codeAt(secret, ctx.now()));
  expect(await prove(ctx, right)).toBeNull();
  await fresh(someone);
  const entry = await fixtures.lastAudit("session.proved", account.id);
  expect(entry).toMatchObject({ outcome: "ok", detail: { by: "code" } });
  expect(await prove(ctx, right)).toMatchObject({ fields: { code: "wrong_code" } });
});

test("the password alone proves nothing then, and is not even a guess", async () => {
  const someone = await stale();
  const { ctx } = someone;
  for (let i = 0; i < 6; i++) {
    const proof = proveIdentity({ ctx, input: { by: "password", password: PASSWORD } });
    await expect(proof).rejects.toMatchObject({ code: "conflict", key: "other_proof_asked" });
  }
  await expect(fresh(someone)).rejects.toMatchObject(asked("code"));
  expect(await fixtures.actorOf(ctx)).not.toBeNull();
});

test("a recovery code is a proof, once, and a passkey is one", async () => {
  const someone = await stale();
  const { ctx, recoveryCodes } = someone;
  const recovery = { kind: "recovery_code" as const, code: recoveryCodes[0] ?? "" };
  expect(await prove(ctx, recovery)).toBeNull();
  await fresh(someone);
  expect(await prove(ctx, recovery)).toMatchObject({ fields: { code: "wrong_code" } });

  const device = new SoftwareAuthenticator();
  await addPasskey({ ctx, input: { name: "laptop", answer: device.register(await beginPasskey({ ctx })) } });
  fixtures.advance(900);
  await expect(fresh(someone)).rejects.toMatchObject(asked("code_passkey"));
  const answer = device.prove(await askOwnPasskey({ ctx }));
  expect(await prove(ctx, { kind: "passkey", answer })).toBeNull();
  await fresh(someone);
  expect(await prove(ctx, { kind: "passkey", answer })).toMatchObject({ key: "passkey_refused" });
});

test("the fifth wrong one in a row ends the session, and uses up none of the sign-in's tries", async () => {
  const { ctx, account, secret } = await stale();
  for (let i = 1; i < 5; i++) expect(await prove(ctx, code("000000"))).toMatchObject({ code: "bad_input" });
  expect(await prove(ctx, code("000000"))).toMatchObject({ code: "not_signed_in" });
  expect(await fixtures.actorOf(ctx)).toBeNull();
  for (let i = 0; i < 15; i++) {
    const { token } = await enterPassword(fixtures, account.username);
    await completeSignIn({ ctx, input: { token, proof: code("000000") } }).catch(() => null);
  }
  const { token } = await enterPassword(fixtures, account.username);
  const right = code(codeAt(secret, ctx.now()));
  await expect(completeSignIn({ ctx, input: { token, proof: right } })).resolves.toBeDefined();
});

test("somebody else's code proves nothing; without a second factor, or where it is off, the password is asked for", async () => {
  const [one, other] = [await stale(), await stale()];
  const theirs = code(codeAt(other.secret, one.ctx.now()));
  expect(await prove(one.ctx, theirs)).toMatchObject({ fields: { code: "wrong_code" } });
  const ctx = await fixtures.signIn(await fixtures.addUser("support"));
  expect(await prove(ctx, theirs)).toMatchObject({ key: "other_proof_asked" });
  setSecondFactorEnv({ SECOND_FACTOR: "off" });
  await expect(fresh(one)).rejects.toMatchObject({ params: { by: "password" } });
  await proveIdentity({ ctx: one.ctx, input: { by: "password", password: PASSWORD } });
  await fresh(one);
  setSecondFactorEnv();
});

test("a password of 12 characters is enough beside a second factor, and no shorter one", async () => {
  const change = (ctx: Ctx, password: string) => changeOwnPassword({ ctx, input: { current: PASSWORD, password } });
  const alone = await fixtures.signIn(await fixtures.addUser("support"));
  await expect(change(alone, "vq3-kd8-xw2m")).rejects.toMatchObject({ fields: { password: "password_too_short" } });
  const { ctx } = await stale();
  await expect(change(ctx, "vq3-kd8-xw2")).rejects.toMatchObject({ fields: { password: "password_too_short_12" } });
  await change(ctx, "vq3-kd8-xw2m");
});
