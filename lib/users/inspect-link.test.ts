import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { enrol, setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { createResetLink } from "./create-reset-link";
import { inspectLink } from "./inspect-link";
import { redeemLink } from "./redeem-link";

let fixtures: UserFixtures;
let boss: Ctx;
beforeAll(async () => {
  setSecondFactorEnv();
  fixtures = await openUserFixtures();
  boss = await fixtures.signIn(await fixtures.addUser("admin", "boss"));
});
afterAll(() => fixtures.close());
beforeEach(() => setSecondFactorEnv());
afterEach(() => setSecondFactorEnv());

const words = "zebra quilt mango kiosk violin";
const tokenFor = async (userId: string): Promise<string> =>
  (await createResetLink({ ctx: boss, input: { userId } })).path.split("#")[1] ?? "";

/** The link says so many, one less is refused, and exactly so many are taken. */
async function expectMinLength(userId: string, minLength: number): Promise<void> {
  const ctx = fixtures.anonymous();
  const token = await tokenFor(userId);
  expect(await inspectLink({ ctx, input: { token } })).toMatchObject({ kind: "reset", minLength });
  const redeem = (length: number) => redeemLink({ ctx, input: { token, password: words.slice(0, length) } });
  await expect(redeem(minLength - 1)).rejects.toMatchObject({ code: "bad_input" });
  await redeem(minLength);
}

test("a link says how long a password the server takes: shorter for who has a second factor", async () => {
  await expectMinLength((await fixtures.addUser("support")).id, 15);
  await expectMinLength((await enrol(fixtures, await fixtures.addUser("support"))).account.id, 12);
});

test("where no second factor is asked for, it makes no password shorter", async () => {
  const { account } = await enrol(fixtures, await fixtures.addUser("support"));
  setSecondFactorEnv({ SECOND_FACTOR: "off" });
  await expectMinLength(account.id, 15);
});

test("a link that can't be used says nothing", async () => {
  const input = { token: "x".repeat(40) };
  await expect(inspectLink({ ctx: fixtures.anonymous(), input })).rejects.toMatchObject({ key: "link_expired" });
});
