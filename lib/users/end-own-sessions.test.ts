import { afterAll, beforeAll, expect, test } from "vitest";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { endOwnSessions } from "./end-own-sessions";
import { listOwnSessions } from "./list-sessions";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

test("a user ends their own sessions, never another's and never the current one by mistake", async () => {
  const member = await fixtures.addUser("support");
  const [here, there] = [await fixtures.signIn(member), await fixtures.signIn(member)];
  const foreign = (await fixtures.signIn(await fixtures.addUser("support"))).actor.sessionId ?? "";
  expect(await endOwnSessions({ ctx: here, input: { sessionId: foreign } })).toEqual({ ended: 0 });
  expect(await endOwnSessions({ ctx: here, input: {} })).toEqual({ ended: 1 });
  expect(await fixtures.actorOf(there)).toBeNull();
  expect(await listOwnSessions({ ctx: here })).toMatchObject([{ current: true, userAgent: "test" }]);
});
