import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { passkeyChallenge, user } from "@/lib/db/schema";
import { enrol, enterPassword, setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { SoftwareAuthenticator } from "@/test/support/software-authenticator";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { addPasskey } from "./add-passkey";
import { completeSignIn } from "./complete-sign-in";
import { askAnyPasskey, askOwnPasskey, askTicketPasskey, beginPasskey } from "./passkey-options";
import { readOwnSecondFactor } from "./read-second-factor";
import { removePasskey } from "./remove-passkey";
import { signInByPasskey } from "./sign-in-by-passkey";
import { verifySecondFactor } from "./verify-second-factor";

let fixtures: UserFixtures;
beforeAll(async () => {
  setSecondFactorEnv();
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

/** A user with a passkey and nothing else. */
async function withPasskey(name = "laptop") {
  const account = await fixtures.addUser("operator");
  const ctx = await fixtures.signIn(account);
  const device = new SoftwareAuthenticator();
  const answer = device.register(await beginPasskey({ ctx }));
  const { recoveryCodes } = await addPasskey({ ctx, input: { name, answer } });
  return { account, ctx, device, recoveryCodes };
}
type Someone = Awaited<ReturnType<typeof withPasskey>>;
const show = ({ ctx, account }: Someone, answer: ReturnType<SoftwareAuthenticator["prove"]>) =>
  verifySecondFactor({ ctx, userId: account.id, proof: { kind: "passkey", answer } });
const refused = { code: "bad_input", key: "passkey_refused" };

describe("making a passkey", () => {
  test("asks the device to verify its user, and brings recovery codes", async () => {
    const ctx = await fixtures.signIn(await fixtures.addUser("support"));
    const request = await beginPasskey({ ctx });
    expect(request).toMatchObject({
      rp: { id: "cardesk.example" },
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    const device = new SoftwareAuthenticator();
    const made = await addPasskey({ ctx, input: { name: "key ring", answer: device.register(request) } });
    expect(made.recoveryCodes).toHaveLength(10);
    const view = await readOwnSecondFactor({ ctx });
    expect(view).toMatchObject({ app: null, passkeys: [{ name: "key ring" }], recoveryCodesLeft: 10 });
  });

  test.each([
    ["without its user verified", { verified: false }],
    ["on another site", { origin: "https://evil.example" }],
    ["for another site", { rpId: "evil.example" }],
  ])("%s is refused", async (_, wrong) => {
    const ctx = await fixtures.signIn(await fixtures.addUser("support"));
    const answer = new SoftwareAuthenticator().register(await beginPasskey({ ctx }), wrong);
    await expect(addPasskey({ ctx, input: { name: "x", answer } })).rejects.toMatchObject(refused);
  });

  test("an answer counts once, for the user it was asked of, within five minutes", async () => {
    const [ctx, other] = [
      await fixtures.signIn(await fixtures.addUser("support")),
      await fixtures.signIn(await fixtures.addUser("support")),
    ];
    const add = (as: typeof ctx, answer: ReturnType<SoftwareAuthenticator["register"]>) =>
      addPasskey({ ctx: as, input: { name: "x", answer } });
    const answer = new SoftwareAuthenticator().register(await beginPasskey({ ctx }));
    await expect(add(other, answer)).rejects.toMatchObject(refused);
    await add(ctx, answer);
    await expect(add(ctx, answer)).rejects.toMatchObject(refused);
    const slow = new SoftwareAuthenticator().register(await beginPasskey({ ctx }));
    fixtures.advance(301);
    await expect(add(ctx, slow)).rejects.toMatchObject(refused);
  });
});

describe("a passkey as the second step", () => {
  test("opens the session; an answer that was used is worth nothing", async () => {
    const someone = await withPasskey();
    const { token, methods } = await enterPassword(fixtures, someone.account.username);
    expect(methods).toEqual({ code: false, passkey: true });
    const request = await askTicketPasskey({ ctx: fixtures.anonymous(), input: { token } });
    expect(request.allowCredentials?.map(({ id }) => id)).toEqual([someone.device.id.toString("base64url")]);
    const proof = { kind: "passkey" as const, answer: someone.device.prove(request) };
    await completeSignIn({ ctx: fixtures.anonymous(), input: { token, proof } });
    expect(await fixtures.lastAudit("session.opened", someone.account.id)).toMatchObject({ detail: { by: "passkey" } });
    const again = await enterPassword(fixtures, someone.account.username);
    const replay = completeSignIn({ ctx: fixtures.anonymous(), input: { token: again.token, proof } });
    await expect(replay).rejects.toMatchObject(refused);
  });

  test.each([
    ["without its user verified", { verified: false }],
    ["on another site", { origin: "https://evil.example" }],
    ["for another site", { rpId: "evil.example" }],
  ])("an answer %s is refused", async (_, wrong) => {
    const someone = await withPasskey();
    const answer = someone.device.prove(await askOwnPasskey(someone), wrong);
    await expect(show(someone, answer)).rejects.toMatchObject(refused);
    const right = someone.device.prove(await askOwnPasskey(someone));
    await expect(show(someone, right)).resolves.toBe("passkey");
  });

  test("of a device that was copied is refused: its counter runs behind", async () => {
    const someone = await withPasskey();
    await show(someone, someone.device.prove(await askOwnPasskey(someone), { counter: 7 }));
    const behind = someone.device.prove(await askOwnPasskey(someone), { counter: 7 });
    await expect(show(someone, behind)).rejects.toMatchObject(refused);
  });

  test("somebody else's passkey is none", async () => {
    const [one, other] = [await withPasskey(), await withPasskey()];
    await expect(show(one, other.device.prove(await askOwnPasskey(one)))).rejects.toMatchObject(refused);
  });
});

describe("a passkey alone", () => {
  const ask = () => askAnyPasskey({ ctx: fixtures.anonymous() });
  const enter = (answer: ReturnType<SoftwareAuthenticator["prove"]>) =>
    signInByPasskey({ ctx: fixtures.anonymous(), input: { answer } });

  test("signs in, once an answer; it names no user before", async () => {
    const someone = await withPasskey();
    const request = await ask();
    expect(request.allowCredentials).toBeUndefined();
    const answer = someone.device.prove(request);
    await expect(enter(answer)).resolves.toMatchObject({ sessionId: expect.stringMatching(/-/) });
    await expect(enter(answer)).rejects.toMatchObject(refused);
  });

  test("a challenge of the second step does not sign in, nor the other way round", async () => {
    const someone = await withPasskey();
    await expect(enter(someone.device.prove(await askOwnPasskey(someone)))).rejects.toMatchObject(refused);
    await expect(show(someone, someone.device.prove(await ask()))).rejects.toMatchObject(refused);
  });

  test("does not sign in a disabled user, nor where it is off", async () => {
    const someone = await withPasskey();
    await fixtures.db.update(user).set({ disabledAt: new Date() }).where(eq(user.id, someone.account.id));
    await expect(enter(someone.device.prove(await ask()))).rejects.toMatchObject({ key: "wrong_sign_in" });
    setSecondFactorEnv({ SECOND_FACTOR: "off" });
    await expect(ask()).rejects.toMatchObject({ key: "second_factor_off" });
    setSecondFactorEnv();
  });

  test("challenges nobody answers do not pile up", async () => {
    await ask();
    fixtures.advance(600);
    await ask();
    expect(await fixtures.db.select().from(passkeyChallenge)).toHaveLength(1);
  });
});

test("removing the last one takes the recovery codes along; beside an app they stay", async () => {
  const someone = await withPasskey();
  const { ctx } = someone;
  const [key] = (await readOwnSecondFactor({ ctx })).passkeys;
  await removePasskey({ ctx, input: { passkeyId: key?.id ?? "" } });
  expect(await readOwnSecondFactor({ ctx })).toEqual({
    app: null,
    passkeys: [],
    recoveryCodesLeft: 0,
    lastReset: null,
  });

  const both = await enrol(fixtures, await fixtures.addUser("support"));
  const answer = new SoftwareAuthenticator().register(await beginPasskey(both));
  expect(await addPasskey({ ctx: both.ctx, input: { name: "x", answer } })).toEqual({ recoveryCodes: null });
  const [own] = (await readOwnSecondFactor(both)).passkeys;
  await removePasskey({ ctx: both.ctx, input: { passkeyId: own?.id ?? "" } });
  expect(await readOwnSecondFactor(both)).toMatchObject({ app: {}, passkeys: [], recoveryCodesLeft: 10 });
});
