import { inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { user } from "@/lib/db/schema";
import { noBatches, openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { changeRole } from "./change-role";
import { createUser } from "./create-user";
import { disableUser } from "./disable-user";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

test("of two administrators who disable each other at once one stays, also where there is a third", async () => {
  await fixtures.addUser("admin");
  for (let i = 0; i < 5; i++) {
    const [a, b] = [await fixtures.addUser("admin"), await fixtures.addUser("admin")];
    const [ofA, ofB] = [await fixtures.signIn(a), await fixtures.signIn(b)];
    await Promise.allSettled([
      disableUser({ ctx: ofA, input: { userId: b.id }, pauseBatches: noBatches }),
      disableUser({ ctx: ofB, input: { userId: a.id }, pauseBatches: noBatches }),
    ]);
    const rows = await fixtures.db
      .select({ off: user.disabledAt })
      .from(user)
      .where(inArray(user.id, [a.id, b.id]));
    expect(rows.filter(({ off }) => off === null)).toHaveLength(1);
  }
});

test("of two administrators who demote each other at once one stays, also where there is a third", async () => {
  for (let i = 0; i < 5; i++) {
    const [a, b] = [await fixtures.addUser("admin"), await fixtures.addUser("admin")];
    const [ofA, ofB] = [await fixtures.signIn(a), await fixtures.signIn(b)];
    await Promise.allSettled([
      changeRole({ ctx: ofA, input: { userId: b.id, role: "support" }, pauseBatches: noBatches }),
      changeRole({ ctx: ofB, input: { userId: a.id, role: "support" }, pauseBatches: noBatches }),
    ]);
    const rows = await fixtures.db
      .select({ role: user.role })
      .from(user)
      .where(inArray(user.id, [a.id, b.id]));
    expect(rows.filter(({ role }) => role === "admin")).toHaveLength(1);
  }
});

test("who was disabled while their request waited makes no administrator any more", async () => {
  const [a, b] = [await fixtures.addUser("admin"), await fixtures.addUser("admin")];
  const [ofA, ofB] = [await fixtures.signIn(a), await fixtures.signIn(b)];
  await disableUser({ ctx: ofA, input: { userId: b.id }, pauseBatches: noBatches });
  await expect(createUser({ ctx: ofB, input: { username: "backdoor", role: "admin" } })).rejects.toMatchObject({
    code: "forbidden",
  });
});
