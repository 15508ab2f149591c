import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { setting } from "@/lib/db/schema";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { listSessions } from "./list-sessions";
import { listUsers } from "./list-users";
import { readSession } from "./read-session";

let fixtures: UserFixtures;
beforeAll(async () => {
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());
afterEach(() => fixtures.db.delete(setting));

const enter = async () => fixtures.signIn(await fixtures.addUser("operator"));
/** A request of the session. */
const ask = (ctx: Ctx, used: boolean) => readSession(fixtures.db, ctx.actor.sessionId, ctx.now(), { used });
const set = (idleMinutes: number, hours: number) =>
  fixtures.db.insert(setting).values({ key: "sessions", value: { idleMinutes, hours } });
const minutes = (count: number) => fixtures.advance(count * 60);

test("an unknown or malformed session id has no user", async () => {
  const ctx = fixtures.anonymous();
  for (const sessionId of ["", "x", "00000000-0000-0000-0000-000000000000", "' or 1=1 --"]) {
    expect(await fixtures.actorOf({ ...ctx, actor: { ...ctx.actor, sessionId } })).toBeNull();
  }
});

test("a session ends after 30 minutes without use, however often an open page reads", async () => {
  const ctx = await enter();
  for (let poll = 0; poll < 29; poll++) {
    minutes(1);
    expect(await ask(ctx, false)).toEqual(ctx.actor);
  }
  minutes(1);
  expect(await ask(ctx, false)).toBeNull();
  expect(await ask(ctx, true)).toBeNull();
  expect(await listSessions({ ctx, input: { userId: ctx.actor.id ?? "" } })).toEqual([]);
  expect((await listUsers({ ctx })).find((row) => row.id === ctx.actor.id)).toMatchObject({ sessions: 0 });
});

test("a session that is used ends after 12 hours", async () => {
  const ctx = await enter();
  for (let hour = 0; hour < 48; hour++) {
    expect(await ask(ctx, true)).toEqual(ctx.actor);
    minutes(15);
  }
  expect(await ask(ctx, true)).toBeNull();
});

test("shorter limits hold for open sessions at once; what can't be read counts as never set", async () => {
  const [idle, old] = [await enter(), await enter()];
  await set(10, 1);
  minutes(9);
  expect(await ask(old, true)).toEqual(old.actor);
  minutes(1);
  expect(await ask(idle, true)).toBeNull();
  for (let quarter = 0; quarter < 6; quarter++) {
    await ask(old, true);
    minutes(9);
  }
  expect(await ask(old, true)).toBeNull();
  await fixtures.db.delete(setting);
  const later = await enter();
  await fixtures.db.insert(setting).values({ key: "sessions", value: "for ever" });
  minutes(29);
  expect(await ask(later, false)).toEqual(later.actor);
  minutes(1);
  expect(await ask(later, false)).toBeNull();
});
