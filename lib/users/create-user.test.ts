import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { openUserFixtures, type TestUser, type UserFixtures } from "@/test/support/user-fixtures";
import { createUser } from "./create-user";
import { inspectLink } from "./inspect-link";
import { listUsers } from "./list-users";
import { redeemLink } from "./redeem-link";
import { signIn } from "./sign-in";

let fixtures: UserFixtures;
let boss: TestUser;
let ctx: Ctx;
beforeAll(async () => {
  fixtures = await openUserFixtures();
  boss = await fixtures.addUser("admin", "boss");
  ctx = await fixtures.signIn(boss);
});
afterAll(() => fixtures.close());

const tokenOf = (path: string) => path.split("#")[1] ?? "";
const redeem = (path: string, password: string) =>
  redeemLink({ ctx: fixtures.anonymous(), input: { token: tokenOf(path), password } });
const rowOf = async (id: string) => (await listUsers({ ctx })).find((row) => row.id === id);

describe("a new user", () => {
  test("sets the password with the link, once, and can then sign in", async () => {
    const link = await createUser({ ctx, input: { username: "yan", role: "support" } });
    const yan = (await listUsers({ ctx })).find((row) => row.username === "yan");
    expect(yan).toMatchObject({ state: "invited", role: "support", sessions: 0, linkUntil: link.expiresAt });
    await expect(signIn({ ctx: fixtures.anonymous(), input: { username: "yan", password: "" } })).rejects.toThrow();
    expect(await inspectLink({ ctx: fixtures.anonymous(), input: { token: tokenOf(link.path) } })).toEqual({
      kind: "reset",
      username: "yan",
      provider: null,
    });
    for (const [password, fault] of [
      ["much too short", "password_too_short"],
      ["passwordpassword", "password_common"],
    ] as const)
      await expect(redeem(link.path, password)).rejects.toMatchObject({ fields: { password: fault } });
    expect(await redeem(link.path, "chosen by myself")).toEqual({ username: "yan" });
    await expect(redeem(link.path, "chosen by another")).rejects.toMatchObject({ key: "link_expired" });
    await signIn({ ctx: fixtures.anonymous(), input: { username: "yan", password: "chosen by myself" } });
    expect(await rowOf(yan?.id ?? "")).toMatchObject({ state: "active", sessions: 1, linkUntil: null });
    expect(await fixtures.lastAudit("user.created", yan?.id ?? "")).toMatchObject({ actorId: boss.id, outcome: "ok" });
  });

  test("may not take a name that exists, in any case", async () => {
    const answer = createUser({ ctx, input: { username: "BOSS", role: "support" } });
    await expect(answer).rejects.toMatchObject({ code: "bad_input", fields: { username: "name_taken" } });
  });

  test("may not take one that looks like another's; of two at once one is refused", async () => {
    const create = (username: string) => createUser({ ctx, input: { username, role: "support" } });
    await expect(create("b0ss")).rejects.toMatchObject({ fields: { username: "name_looks_alike" } });
    const answers = await Promise.allSettled([create("olga-1"), create("o1ga-1"), create("olga-l")]);
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
  });
});
