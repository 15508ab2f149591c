import { afterAll, beforeAll, expect, test } from "vitest";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

test("an unknown or malformed session id has no user", async () => {
  const ctx = fixtures.anonymous();
  for (const sessionId of ["", "x", "00000000-0000-0000-0000-000000000000", "' or 1=1 --"]) {
    expect(await fixtures.actorOf({ ...ctx, actor: { ...ctx.actor, sessionId } })).toBeNull();
  }
});
