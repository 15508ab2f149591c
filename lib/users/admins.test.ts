import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { user } from "@/lib/db/schema";
import { noBatches, openUserFixtures, type TestUser, type UserFixtures } from "@/test/support/user-fixtures";
import { changeRole } from "./change-role";
import { createUser } from "./create-user";
import { disableUser } from "./disable-user";
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

describe("the last administrator", () => {
  const admins = async () => fixtures.db.select({ id: user.id }).from(user).where(eq(user.role, "admin"));

  test("can't be demoted, nor disabled by a former administrator", async () => {
    const last = { code: "conflict", key: "last_admin" };
    await expect(
      changeRole({ ctx, input: { userId: boss.id, role: "operator" }, pauseBatches: noBatches }),
    ).rejects.toMatchObject(last);
    const other = await fixtures.signIn(await fixtures.addUser("operator"));
    await expect(
      disableUser({ ctx: other, input: { userId: boss.id }, pauseBatches: noBatches }),
    ).rejects.toMatchObject(last);
  });

  test("does not count those who can't sign in", async () => {
    await createUser({ ctx, input: { username: "invited.admin", role: "admin" } });
    await expect(
      changeRole({ ctx, input: { userId: boss.id, role: "support" }, pauseBatches: noBatches }),
    ).rejects.toMatchObject({
      key: "last_admin",
    });
  });

  test("is left when all demote and disable each other at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const second = await fixtures.addUser("admin");
      const third = await fixtures.addUser("admin");
      const secondCtx = await fixtures.signIn(second);
      const answers = await Promise.allSettled([
        changeRole({ ctx, input: { userId: second.id, role: "support" }, pauseBatches: noBatches }),
        changeRole({ ctx, input: { userId: third.id, role: "support" }, pauseBatches: noBatches }),
        changeRole({ ctx: secondCtx, input: { userId: boss.id, role: "support" }, pauseBatches: noBatches }),
        disableUser({ ctx: secondCtx, input: { userId: boss.id }, pauseBatches: noBatches }),
      ]);
      const active = (await listUsers({ ctx })).filter((row) => row.role === "admin" && row.state === "active");
      // Of the two who demote each other; whether the third is one depends on who was first.
      expect(active.filter(({ id }) => id !== third.id)).toHaveLength(1);
      expect(answers.some((answer) => answer.status === "rejected")).toBe(true);
      await fixtures.db.update(user).set({ role: "admin", disabledAt: null }).where(eq(user.id, boss.id));
      for (const { id } of await admins()) {
        if (id !== boss.id) await fixtures.db.update(user).set({ role: "support" }).where(eq(user.id, id));
      }
    }
  });
});
