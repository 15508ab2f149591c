import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recoveryCode, totp } from "@/lib/db/schema";
import { codeAt, enrol, setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { beginTotp } from "./begin-totp";
import { confirmTotp } from "./confirm-totp";
import { hasSecondFactor, readOwnSecondFactor } from "./read-second-factor";

let fixtures: UserFixtures;
beforeAll(async () => {
  setSecondFactorEnv();
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

test("an app counts only once a code of it was seen; then there are ten recovery codes of 80 bits", async () => {
  const account = await fixtures.addUser("operator");
  const ctx = await fixtures.signIn(account);
  const { secret, uri, qr } = await beginTotp({ ctx });
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(uri).toBe(
    `otpauth://totp/Cardesk:${account.username}?issuer=Cardesk&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
  expect(qr).toMatch(/^<svg /);
  expect(await hasSecondFactor(fixtures.db, account.id)).toBe(false);

  const wrong = confirmTotp({ ctx, input: { code: codeAt(secret, new Date(0)) } });
  await expect(wrong).rejects.toMatchObject({ code: "bad_input", fields: { code: "wrong_code" } });
  expect(await hasSecondFactor(fixtures.db, account.id)).toBe(false);

  const { recoveryCodes } = await confirmTotp({ ctx, input: { code: codeAt(secret, ctx.now()) } });
  expect(new Set(recoveryCodes).size).toBe(10);
  for (const code of recoveryCodes ?? []) expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
  expect(await readOwnSecondFactor({ ctx })).toMatchObject({ app: {}, passkeys: [], recoveryCodesLeft: 10 });
  expect(await fixtures.lastAudit("second_factor.app_added", account.id)).toMatchObject({ outcome: "ok" });
});

test("neither the secret nor a recovery code can be read in the database", async () => {
  const { account, secret, recoveryCodes } = await enrol(fixtures, await fixtures.addUser("support"));
  const [app] = await fixtures.db.select().from(totp).where(eq(totp.userId, account.id));
  expect(app?.secret.includes(secret)).toBe(false);
  const rows = await fixtures.db.select().from(recoveryCode).where(eq(recoveryCode.userId, account.id));
  expect(rows).toHaveLength(10);
  for (const code of recoveryCodes) expect(JSON.stringify(rows)).not.toContain(code.replaceAll("-", ""));
});

test("beginning again makes a new secret, and the code of the old one is no code any more", async () => {
  const ctx = await fixtures.signIn(await fixtures.addUser("support"));
  const first = await beginTotp({ ctx });
  const second = await beginTotp({ ctx });
  expect(second.secret).not.toBe(first.secret);
  const confirm = (secret: string) => confirmTotp({ ctx, input: { code: codeAt(secret, ctx.now()) } });
  await expect(confirm(first.secret)).rejects.toMatchObject({ fields: { code: "wrong_code" } });
  await expect(confirm(second.secret)).resolves.toMatchObject({ recoveryCodes: expect.any(Array) });
});

test("of two confirmations at the same time one brings recovery codes", async () => {
  const ctx = await fixtures.signIn(await fixtures.addUser("support"));
  const { secret } = await beginTotp({ ctx });
  const confirm = () => confirmTotp({ ctx, input: { code: codeAt(secret, ctx.now()) } });
  const both = await Promise.allSettled([confirm(), confirm()]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a confirmed app is neither replaced nor confirmed again", async () => {
  const { ctx, secret } = await enrol(fixtures, await fixtures.addUser("support"));
  await expect(beginTotp({ ctx })).rejects.toMatchObject({ key: "second_factor_exists" });
  const again = confirmTotp({ ctx, input: { code: codeAt(secret, ctx.now()) } });
  await expect(again).rejects.toMatchObject({ key: "second_factor_exists" });
});

test("without app keys, and where it is off, nothing begins", async () => {
  const ctx = await fixtures.signIn(await fixtures.addUser("support"));
  setSecondFactorEnv({ APP_KEYS: "" });
  await expect(beginTotp({ ctx })).rejects.toMatchObject({ code: "not_configured" });
  setSecondFactorEnv({ SECOND_FACTOR: "off" });
  await expect(beginTotp({ ctx })).rejects.toMatchObject({ key: "second_factor_off" });
  setSecondFactorEnv();
});
