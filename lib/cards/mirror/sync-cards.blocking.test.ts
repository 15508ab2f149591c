import { count } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { card } from "@/lib/db/schema";
import { longestStop } from "@/test/support/event-loop-delay";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { syncCards } from "./sync-cards";

const CARDS = 9_999;
let room: TestRoom;

beforeAll(async () => {
  const variables = { UPSTREAM_TIMEOUT_MS: "20000" };
  room = await openTestRoom({ variables, sandbox: { cards: CARDS, keys: 0 } });
});

afterAll(() => room.close());

// The sandbox answers from this very process, so that its work counts too: what is ours takes less still.
test("9,999 rows in one answer never hold the others up for more than 50 ms, new or changed", async () => {
  const sync = () => syncCards({ ctx: room.as("admin"), input: { trigger: "manual", pageSize: CARDS } });
  for (const prepare of [async () => {}, () => database().db.update(card).set({ balance: 1, unlimited: false })]) {
    await prepare();
    const { own } = await longestStop(async () => expect(await sync()).toEqual({ state: "done", full: true }));
    expect(own).toBeLessThan(50);
  }
  expect(await database().db.select({ rows: count() }).from(card)).toEqual([{ rows: CARDS }]);
}, 60_000);
