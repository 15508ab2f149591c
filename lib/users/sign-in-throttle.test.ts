import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { signInFailure } from "@/lib/db/schema";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { signIn } from "./sign-in";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());
beforeEach(() => fixtures.advance(7_200));

const wrong = { code: "not_signed_in", key: "wrong_sign_in" };
const enterAs = (username: string, password: string, ip?: string) =>
  signIn({ ctx: fixtures.anonymous(ip), input: { username, password } });
const fail = (username: string, ip?: string) => enterAs(username, "wrong password", ip).catch((error) => error);

describe("guessing", () => {
  test("is slowed down for one name from many addresses, with the seconds to wait, and recovers", async () => {
    const member = await fixtures.addUser("support");
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push(await fail(member.username));
    expect(answers.map((error) => error.key)).toEqual([...Array(5).fill("wrong_sign_in"), "too_many_tries"]);
    expect(answers.at(-1)).toMatchObject({ code: "too_many", params: { seconds: 1 } });
    await expect(enterAs(member.username, PASSWORD)).rejects.toMatchObject({ code: "too_many" });
    fixtures.advance(1);
    expect(await fail(member.username)).toMatchObject(wrong);
    expect(await fail(member.username)).toMatchObject({ params: { seconds: 2 } });
    fixtures.advance(2);
    await enterAs(member.username, PASSWORD);
    expect(await fail(member.username)).toMatchObject(wrong);
  });

  test("never makes a name wait more than a minute", async () => {
    const member = await fixtures.addUser("support");
    for (let i = 0; i < 14; i++) {
      await fail(member.username);
      fixtures.advance(60);
    }
    await expect(enterAs(member.username, PASSWORD)).resolves.toMatch(/-/);
  });

  test("is slowed down for an address that tries many names; others go on", async () => {
    const member = await fixtures.addUser("support");
    for (let i = 0; i < 20; i++) await fail(`guess-${i}`, "203.0.113.20");
    await expect(enterAs(member.username, PASSWORD, "203.0.113.20")).rejects.toMatchObject({ code: "too_many" });
    await expect(enterAs(member.username, PASSWORD, "203.0.113.21")).resolves.toMatch(/-/);
  });

  test("a success takes its own count off the address, not the others'", async () => {
    const member = await fixtures.addUser("support");
    for (let i = 0; i < 19; i++) await fail(`other-${i}`, "203.0.113.30");
    for (let i = 0; i < 5; i++) await enterAs(member.username, PASSWORD, "203.0.113.30");
    expect(await fail("other-20", "203.0.113.30")).toMatchObject(wrong);
    expect(await fail("other-21", "203.0.113.30")).toMatchObject({ code: "too_many" });
  });

  test("gets no more attempts concurrently than one after the other", async () => {
    const member = await fixtures.addUser("support");
    const answers = await Promise.all(Array.from({ length: 30 }, () => fail(member.username)));
    expect(answers.filter((error) => error.key === "wrong_sign_in")).toHaveLength(5);
    expect(answers.filter((error) => error.code === "too_many")).toHaveLength(25);
  });

  test("is remembered in the database, and forgotten after an hour", async () => {
    const member = await fixtures.addUser("support");
    for (let i = 0; i < 5; i++) await fail(member.username);
    const kept = await fixtures.db.select({ failures: signInFailure.failures }).from(signInFailure);
    expect(kept.map((row) => row.failures)).toContain(5);
    fixtures.advance(3_601);
    for (let i = 0; i < 5; i++) expect(await fail(member.username)).toMatchObject(wrong);
  });
});
