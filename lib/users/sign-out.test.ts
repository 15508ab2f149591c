import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { audit } from "@/lib/db/schema";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { signOut } from "./sign-out";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

test("signing out ends the session at once, once, and is audited", async () => {
  const member = await fixtures.addUser("support");
  const ctx = await fixtures.signIn(member);
  const sessionId = ctx.actor.sessionId ?? "";
  await signOut({ ctx, input: { sessionId } });
  expect(await fixtures.actorOf(ctx)).toBeNull();
  await signOut({ ctx, input: { sessionId } });
  const rows = await fixtures.db.select({ action: audit.action }).from(audit).where(eq(audit.actorId, member.id));
  expect(rows.map((row) => row.action)).toEqual(["session.opened", "session.closed"]);
});
