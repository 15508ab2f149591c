import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { createResetLink } from "./create-reset-link";
import { listOwnLinks } from "./list-links";
import { listUsers } from "./list-users";
import { redeemLink } from "./redeem-link";
import { signIn } from "./sign-in";

let fixtures: UserFixtures;
let boss: Ctx;
beforeAll(async () => {
  fixtures = await openUserFixtures();
  boss = await fixtures.signIn(await fixtures.addUser("admin", "boss"));
});
afterAll(() => fixtures.close());

test("the user and every administrator see by whom a link was made, and when and from where it was used", async () => {
  const member = await fixtures.addUser("support");
  const here = await fixtures.signIn(member);
  const other = await fixtures.signIn(await fixtures.addUser("admin"));
  const seenBy = async (ctx: Ctx) => (await listUsers({ ctx })).find((row) => row.id === member.id)?.lastLink;
  expect([await listOwnLinks({ ctx: here }), await seenBy(other)]).toEqual([[], null]);

  await createResetLink({ ctx: boss, input: { userId: member.id } });
  fixtures.advance(60);
  const { path, expiresAt } = await createResetLink({ ctx: boss, input: { userId: member.id } });
  const open = { createdBy: "boss", state: "open", expiresAt, usedAt: null, usedFrom: null };
  expect(await listOwnLinks({ ctx: here })).toMatchObject([open, { createdBy: "boss", state: "over" }]);
  expect(await seenBy(other)).toMatchObject(open);

  fixtures.advance(60);
  const password = "by whoever has the link";
  const thief = fixtures.anonymous("203.0.113.66");
  await redeemLink({ ctx: thief, input: { token: path.split("#")[1] ?? "", password } });
  const used = { createdBy: "boss", state: "used", usedAt: thief.now().toISOString(), usedFrom: "203.0.113.66" };
  const { sessionId } = await signIn({ ctx: thief, input: { username: member.username, password } });
  const again = { ...thief, actor: { ...here.actor, sessionId } };
  expect((await listOwnLinks({ ctx: again }))[0]).toMatchObject(used);
  expect(await seenBy(other)).toMatchObject(used);
});

test("a link that nobody used within 30 minutes is over", async () => {
  const member = await fixtures.addUser("support");
  const here = await fixtures.signIn(member);
  const link = await createResetLink({ ctx: boss, input: { userId: member.id } });
  fixtures.advance(1_799);
  expect(await listOwnLinks({ ctx: here })).toMatchObject([{ state: "open" }]);
  fixtures.advance(1);
  expect(await listOwnLinks({ ctx: here })).toMatchObject([{ state: "over" }]);
  const late = redeemLink({
    ctx: fixtures.anonymous(),
    input: { token: link.path.split("#")[1] ?? "", password: "by whoever has the link" },
  });
  await expect(late).rejects.toMatchObject({ key: "link_expired" });
});
