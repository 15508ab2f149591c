import { afterAll, beforeAll, expect, test } from "vitest";
import { user } from "@/lib/db/schema";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { listUserNames } from "./list-user-names";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

test("every user's name and nothing else, in order whatever the case, those who were disabled too", async () => {
  const row = { role: "operator" as const };
  await fixtures.db.insert(user).values([
    { ...row, username: "yan" },
    { ...row, username: "Lin", disabledAt: new Date() },
    { ...row, username: "wang" },
  ]);
  expect(await listUserNames({ ctx: fixtures.anonymous("203.0.113.5") })).toEqual(["Lin", "wang", "yan"]);
});
