import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { noBatches, openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { changeRole } from "./change-role";

let fixtures: UserFixtures;
let ctx: Ctx;
beforeAll(async () => {
  fixtures = await openUserFixtures();
  ctx = await fixtures.signIn(await fixtures.addUser("admin", "boss"));
});
afterAll(() => fixtures.close());

test("a role counts from the next request on, in sessions already open", async () => {
  const member = await fixtures.addUser("support");
  const session = await fixtures.signIn(member);
  await changeRole({ ctx, input: { userId: member.id, role: "operator" }, pauseBatches: noBatches });
  expect(await fixtures.actorOf(session)).toMatchObject({ role: "operator" });
  await changeRole({ ctx, input: { userId: member.id, role: "support" }, pauseBatches: noBatches });
  expect(await fixtures.actorOf(session)).toMatchObject({ role: "support" });
  expect(await fixtures.lastAudit("user.role_changed", member.id)).toMatchObject({
    detail: { from: "operator", to: "support" },
  });
});
