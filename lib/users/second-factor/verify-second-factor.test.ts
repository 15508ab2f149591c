import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeAt, enrol, setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { readOwnSecondFactor } from "./read-second-factor";
import { issueRecoveryCodes } from "./recovery-codes";
import { removeTotp } from "./remove-totp";
import { renewRecoveryCodes } from "./renew-recovery-codes";
import { verifySecondFactor } from "./verify-second-factor";

let fixtures: UserFixtures;
beforeAll(async () => {
  setSecondFactorEnv();
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

const enrolled = async () => enrol(fixtures, await fixtures.addUser("operator"));
type Someone = Awaited<ReturnType<typeof enrolled>>;
const showCode = ({ ctx, account }: Someone, code: string, device?: string) =>
  verifySecondFactor({ ctx, userId: account.id, proof: { kind: "code", code }, device: device ?? null });
const showRecovery = ({ ctx, account }: Someone, code: string) =>
  verifySecondFactor({ ctx, userId: account.id, proof: { kind: "recovery_code", code } });
const wrong = { code: "bad_input", fields: { code: "wrong_code" } };
const later = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000);

test("a code is accepted once, also when it comes twice at the same time", async () => {
  const someone = await enrolled();
  const code = codeAt(someone.secret, someone.ctx.now());
  const both = await Promise.allSettled([showCode(someone, code), showCode(someone, code)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(showCode(someone, code)).rejects.toMatchObject(wrong);
});

test("the code that confirmed the app is used up", async () => {
  const someone = await enrolled();
  const before = codeAt(someone.secret, later(someone.ctx.now(), -30));
  await expect(showCode(someone, before)).rejects.toMatchObject(wrong);
});

test("the step before and the step after count, and no other; an older one than the last never", async () => {
  const someone = await enrolled();
  fixtures.advance(300);
  const at = someone.ctx.now();
  const of = (seconds: number) => codeAt(someone.secret, later(at, seconds));
  await expect(showCode(someone, of(-60))).rejects.toMatchObject(wrong);
  await expect(showCode(someone, of(60))).rejects.toMatchObject(wrong);
  await expect(showCode(someone, of(-30))).resolves.toBe("code");
  await expect(showCode(someone, of(30))).resolves.toBe("code");
  await expect(showCode(someone, of(0))).rejects.toMatchObject(wrong);
});

test("a code of somebody else is none", async () => {
  const [one, other] = [await enrolled(), await enrolled()];
  await expect(showCode(one, codeAt(other.secret, one.ctx.now()))).rejects.toMatchObject(wrong);
  await expect(showRecovery(one, other.recoveryCodes[0] ?? "")).rejects.toMatchObject(wrong);
  expect(await fixtures.lastAudit("second_factor.refused", one.account.id)).toMatchObject({ outcome: "refused" });
});

test("each recovery code works once, however it is typed, and is counted", async () => {
  const someone = await enrolled();
  const [first = "", second = ""] = someone.recoveryCodes;
  const both = await Promise.allSettled([showRecovery(someone, first), showRecovery(someone, first)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(showRecovery(someone, second.toLowerCase().replaceAll("-", " "))).resolves.toBe("recovery_code");
  expect(await readOwnSecondFactor({ ctx: someone.ctx })).toMatchObject({ recoveryCodesLeft: 8 });
  const used = await fixtures.lastAudit("second_factor.recovery_code_used", someone.account.id);
  expect(used).toMatchObject({ detail: { left: 8 } });
});

test("guessing codes ends after twenty wrong ones; a recovery code still works, a known browser too, and later a code", async () => {
  const someone = await enrolled();
  const none = "000000" === codeAt(someone.secret, someone.ctx.now()) ? "000001" : "000000";
  for (let guess = 0; guess < 20; guess++) await expect(showCode(someone, none)).rejects.toMatchObject(wrong);
  const right = () => showCode(someone, codeAt(someone.secret, someone.ctx.now()));
  await expect(right()).rejects.toMatchObject({ code: "too_many", params: { minutes: 3 } });
  await expect(showRecovery(someone, someone.recoveryCodes[0] ?? "")).resolves.toBe("recovery_code");
  const known = randomUUID();
  await expect(showCode(someone, codeAt(someone.secret, someone.ctx.now()), known)).resolves.toBe("code");
  fixtures.advance(180);
  await expect(right()).resolves.toBe("code");
});

test("a known browser guesses no more than others do", async () => {
  const someone = await enrolled();
  const known = randomUUID();
  for (let guess = 0; guess < 20; guess++) await showCode(someone, "000000", known).catch(() => null);
  await expect(showCode(someone, "000000", known)).rejects.toMatchObject({ code: "too_many" });
});

test("a right code takes only its own try back", async () => {
  const someone = await enrolled();
  const none = "000000";
  for (let guess = 0; guess < 19; guess++) await showCode(someone, none).catch(() => null);
  await expect(showCode(someone, codeAt(someone.secret, someone.ctx.now()))).resolves.toBe("code");
  await showCode(someone, none).catch(() => null);
  await expect(showCode(someone, none)).rejects.toMatchObject({ code: "too_many" });
});

test("after a rotation of the app keys a code still counts, and seals the secret under the new one", async () => {
  const someone = await enrolled();
  const key = (tag: string, byte: number) => `${tag}:${Buffer.alloc(32, byte).toString("base64")}`;
  setSecondFactorEnv({ APP_KEYS: `${key("k2", 2)},${key("k1", 7)}` });
  await showCode(someone, codeAt(someone.secret, someone.ctx.now()));
  setSecondFactorEnv({ APP_KEYS: key("k2", 2) });
  fixtures.advance(30);
  await expect(showCode(someone, codeAt(someone.secret, someone.ctx.now()))).resolves.toBe("code");
  setSecondFactorEnv();
});

test("removing the app takes the recovery codes with it, and there are none to renew then", async () => {
  const someone = await enrolled();
  const { ctx } = someone;
  expect(await readOwnSecondFactor({ ctx })).toMatchObject({ app: {}, recoveryCodesLeft: 10 });
  await removeTotp({ ctx });
  expect(await readOwnSecondFactor({ ctx })).toEqual({
    app: null,
    passkeys: [],
    recoveryCodesLeft: 0,
    lastReset: null,
  });
  expect(await fixtures.lastAudit("second_factor.app_removed", someone.account.id)).toBeDefined();
  await expect(renewRecoveryCodes({ ctx })).rejects.toMatchObject({ key: "no_second_factor" });
});

test("of several renewals at the same time one set is left", async () => {
  const { ctx, account } = await enrolled();
  const issue = () => ctx.db.transaction((tx) => issueRecoveryCodes(tx, { userId: account.id, at: ctx.now() }));
  await Promise.all(Array.from({ length: 8 }, issue));
  expect(await readOwnSecondFactor({ ctx })).toMatchObject({ recoveryCodesLeft: 10 });
});

test("renewed recovery codes replace the old ones", async () => {
  const someone = await enrolled();
  const { recoveryCodes } = await renewRecoveryCodes({ ctx: someone.ctx });
  await expect(showRecovery(someone, someone.recoveryCodes[0] ?? "")).rejects.toMatchObject(wrong);
  await expect(showRecovery(someone, recoveryCodes[0] ?? "")).resolves.toBe("recovery_code");
});
