import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { changeOwnPassword } from "./change-own-password";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

describe("one's own password", () => {
  test("asks the current one, ends the other sessions, keeps this one", async () => {
    const member = await fixtures.addUser("support");
    const [here, there] = [await fixtures.signIn(member), await fixtures.signIn(member)];
    const input = { current: PASSWORD, password: "something better" };
    const wrong = changeOwnPassword({ ctx: here, input: { ...input, current: "guessed" } });
    await expect(wrong).rejects.toMatchObject({ code: "bad_input", fields: { current: "wrong_password" } });
    // More often than one may guess: a poor new password is no guess.
    for (let n = 0; n < 6; n++) {
      const poor = changeOwnPassword({ ctx: here, input: { ...input, password: `${member.username} is my name` } });
      await expect(poor).rejects.toMatchObject({ fields: { password: "password_has_name" } });
    }
    expect(await fixtures.actorOf(there)).not.toBeNull();
    expect(await changeOwnPassword({ ctx: here, input })).toEqual({ ended: 1 });
    expect(await fixtures.actorOf(here)).not.toBeNull();
    expect(await fixtures.actorOf(there)).toBeNull();
    await expect(fixtures.signIn(member)).rejects.toMatchObject({ key: "wrong_sign_in" });
  });

  test("can't be guessed from a session left open", async () => {
    const member = await fixtures.addUser("support");
    const here = await fixtures.signIn(member);
    const guess = () => changeOwnPassword({ ctx: here, input: { current: "guess", password: "something better" } });
    for (let i = 0; i < 5; i++) await expect(guess()).rejects.toMatchObject({ code: "bad_input" });
    await expect(guess()).rejects.toMatchObject({ code: "too_many" });
  });
});
