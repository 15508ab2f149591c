import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { noBatches, openUserFixtures, type TestUser, type UserFixtures } from "@/test/support/user-fixtures";
import { disableUser } from "./disable-user";
import { enableUser } from "./enable-user";
import { listSessions } from "./list-sessions";
import { listUsers } from "./list-users";

let fixtures: UserFixtures;
let boss: TestUser;
let ctx: Ctx;
beforeAll(async () => {
  fixtures = await openUserFixtures();
  boss = await fixtures.addUser("admin", "boss");
  ctx = await fixtures.signIn(boss);
});
afterAll(() => fixtures.close());

const rowOf = async (id: string) => (await listUsers({ ctx })).find((row) => row.id === id);

describe("disabling", () => {
  test("refuses the next request and sign-in, and is undone by enabling", async () => {
    const member = await fixtures.addUser("support");
    const session = await fixtures.signIn(member);
    expect(await fixtures.actorOf(session)).toMatchObject({ id: member.id });
    await disableUser({ ctx, input: { userId: member.id }, pauseBatches: noBatches });
    expect(await fixtures.actorOf(session)).toBeNull();
    await expect(fixtures.signIn(member)).rejects.toMatchObject({ key: "wrong_sign_in" });
    expect(await rowOf(member.id)).toMatchObject({ state: "disabled", sessions: 0 });
    await enableUser({ ctx, input: { userId: member.id } });
    expect(await fixtures.actorOf(session)).toBeNull();
    expect(await fixtures.actorOf(await fixtures.signIn(member))).not.toBeNull();
    expect(await fixtures.lastAudit("user.disabled", member.id)).toMatchObject({
      actorName: "boss",
      detail: { sessionsEnded: 1 },
    });
    expect(await fixtures.lastAudit("user.enabled", member.id)).toBeDefined();
  });

  test("a concurrent sign-in leaves no open session", async () => {
    for (let i = 0; i < 5; i++) {
      const member = await fixtures.addUser("support");
      const [entered] = await Promise.allSettled([
        fixtures.signIn(member),
        disableUser({ ctx, input: { userId: member.id }, pauseBatches: noBatches }),
      ]);
      if (entered.status === "fulfilled") expect(await fixtures.actorOf(entered.value)).toBeNull();
      expect(await listSessions({ ctx, input: { userId: member.id } })).toEqual([]);
    }
  });

  test("is refused for oneself and for an unknown user", async () => {
    await expect(disableUser({ ctx, input: { userId: boss.id }, pauseBatches: noBatches })).rejects.toMatchObject({
      key: "not_oneself",
    });
    const unknown = { userId: "00000000-0000-4000-8000-000000000000" };
    await expect(disableUser({ ctx, input: unknown, pauseBatches: noBatches })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
