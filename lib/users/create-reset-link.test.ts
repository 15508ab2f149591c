import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { noBatches, openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { createResetLink } from "./create-reset-link";
import { disableUser } from "./disable-user";
import { redeemLink } from "./redeem-link";
import { signIn } from "./sign-in";

let fixtures: UserFixtures;
let ctx: Ctx;
beforeAll(async () => {
  fixtures = await openUserFixtures();
  ctx = await fixtures.signIn(await fixtures.addUser("admin", "boss"));
});
afterAll(() => fixtures.close());

const redeem = (path: string, password: string) =>
  redeemLink({ ctx: fixtures.anonymous(), input: { token: path.split("#")[1] ?? "", password } });

describe("a reset link", () => {
  test("changes nothing until used; then the old password and every session are gone", async () => {
    const member = await fixtures.addUser("operator");
    const session = await fixtures.signIn(member);
    const first = await createResetLink({ ctx, input: { userId: member.id } });
    const second = await createResetLink({ ctx, input: { userId: member.id } });
    expect(await fixtures.actorOf(session)).not.toBeNull();
    await expect(redeem(first.path, "by the older link")).rejects.toMatchObject({ key: "link_expired" });
    await redeem(second.path, "by the newer link");
    expect(await fixtures.actorOf(session)).toBeNull();
    await expect(fixtures.signIn(member)).rejects.toMatchObject({ key: "wrong_sign_in" });
    expect(await fixtures.lastAudit("user.password_set", member.id)).toMatchObject({ detail: { sessionsEnded: 1 } });
  });

  test("unblocks a name that guessing had slowed down", async () => {
    const member = await fixtures.addUser("operator");
    for (let i = 0; i < 8; i++) {
      await signIn({ ctx: fixtures.anonymous(), input: { username: member.username, password: "x" } }).catch(
        () => null,
      );
    }
    await expect(fixtures.signIn(member)).rejects.toMatchObject({ code: "too_many" });
    const link = await createResetLink({ ctx, input: { userId: member.id } });
    await redeem(link.path, "a fresh password");
    const input = { username: member.username, password: "a fresh password" };
    await expect(signIn({ ctx: fixtures.anonymous(), input })).resolves.toHaveProperty("sessionId");
  });

  test("is not created for a disabled user, and ends when the user is disabled", async () => {
    const member = await fixtures.addUser("support");
    const link = await createResetLink({ ctx, input: { userId: member.id } });
    await disableUser({ ctx, input: { userId: member.id }, pauseBatches: noBatches });
    await expect(redeem(link.path, "let me in again")).rejects.toMatchObject({ key: "link_expired" });
    await expect(createResetLink({ ctx, input: { userId: member.id } })).rejects.toMatchObject({
      key: "user_disabled",
    });
  });
});
