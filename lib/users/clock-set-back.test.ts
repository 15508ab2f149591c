import { afterAll, beforeAll, expect, test } from "vitest";
import { noBatches, openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { assertFreshProof } from "./assert-fresh-proof";
import { createResetLink } from "./create-reset-link";
import { disableUser } from "./disable-user";
import { enableUser } from "./enable-user";
import { endSessions } from "./end-sessions";
import { redeemLink } from "./redeem-link";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());
const DAY = 86_400;

test("a proof of a clock that was ahead is not fresh for a day once it is right again", async () => {
  fixtures.advance(DAY);
  const ctx = await fixtures.signIn(await fixtures.addUser("admin"));
  fixtures.advance(-DAY);
  await expect(assertFreshProof(fixtures.db, ctx)).rejects.toMatchObject({ code: "proof_required" });
  // Two consoles' clocks differ by a little.
  fixtures.advance(DAY - 30);
  await assertFreshProof(fixtures.db, ctx);
  fixtures.advance(30 - DAY);
});

test("a session of a clock that was ahead does not outlive its limits by that", async () => {
  fixtures.advance(DAY);
  const ctx = await fixtures.signIn(await fixtures.addUser("admin"));
  fixtures.advance(-DAY);
  fixtures.advance(13 * 3600);
  expect(await fixtures.actorOf(ctx)).toBeNull();
  fixtures.advance(-13 * 3600);
});

test("sessions that were ended while the clock was ahead stay ended", async () => {
  const account = await fixtures.addUser("operator");
  const admin = await fixtures.addUser("admin");
  const thief = await fixtures.signIn(account);
  fixtures.advance(DAY);
  const ctx = await fixtures.signIn(admin);
  await endSessions({ ctx, input: { userId: account.id } });
  fixtures.advance(-DAY);
  expect(await fixtures.actorOf(thief)).toBeNull();
});

test("a link that was revoked while the clock was ahead stays revoked", async () => {
  const account = await fixtures.addUser("operator");
  const admin = await fixtures.addUser("admin");
  const ctx = await fixtures.signIn(admin);
  const { path } = await createResetLink({ ctx, input: { userId: account.id } });
  const token = path.slice(path.indexOf("#") + 1);
  fixtures.advance(600);
  await disableUser({ ctx, input: { userId: account.id }, pauseBatches: noBatches });
  await enableUser({ ctx, input: { userId: account.id } });
  fixtures.advance(-600);
  await expect(
    redeemLink({ ctx: fixtures.anonymous(), input: { token, password: "a stolen link is no way in" } }),
  ).rejects.toMatchObject({ code: "expired" });
});
