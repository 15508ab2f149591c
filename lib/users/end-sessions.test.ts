import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { openUserFixtures, type TestUser, type UserFixtures } from "@/test/support/user-fixtures";
import { endSessions } from "./end-sessions";
import { listSessions } from "./list-sessions";

let fixtures: UserFixtures;
let boss: TestUser;
let ctx: Ctx;
beforeAll(async () => {
  fixtures = await openUserFixtures();
  boss = await fixtures.addUser("admin", "boss");
  ctx = await fixtures.signIn(boss);
});
afterAll(() => fixtures.close());

test("an administrator ends one, or all", async () => {
  const member = await fixtures.addUser("support");
  const [a, b, c] = [await fixtures.signIn(member), await fixtures.signIn(member), await fixtures.signIn(member)];
  expect((await listSessions({ ctx, input: { userId: member.id } })).map((row) => row.current)).toEqual([
    false,
    false,
    false,
  ]);
  const sessionId = a.actor.sessionId ?? "";
  expect(await endSessions({ ctx, input: { userId: member.id, sessionId } })).toEqual({ ended: 1 });
  expect(await fixtures.actorOf(a)).toBeNull();
  expect(await fixtures.actorOf(b)).not.toBeNull();
  expect(await endSessions({ ctx, input: { userId: member.id } })).toEqual({ ended: 2 });
  expect(await fixtures.actorOf(c)).toBeNull();
  expect(await fixtures.lastAudit("user.sessions_ended", member.id)).toMatchObject({
    actorId: boss.id,
    detail: { ended: 2 },
  });
});
