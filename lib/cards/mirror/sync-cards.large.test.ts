import { count } from "drizzle-orm";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { database } from "@/lib/db/client";
import { card } from "@/lib/db/schema";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { syncCards } from "./sync-cards";

const CARDS = 9_999;
let room: TestRoom;

beforeAll(async () => {
  room = await openTestRoom({ sandbox: { cards: CARDS, keys: 0 } });
});

afterAll(() => room.close());

afterEach(() => vi.restoreAllMocks());

// How long this holds up the event loop depends on the machine: bench/sync-stall.ts measures it.
test("9,999 rows in one answer are mirrored whole, new or changed, at most 500 to a statement", async () => {
  const query = vi.spyOn(pg.Client.prototype, "query");
  const sync = () => syncCards({ ctx: room.as("admin"), input: { trigger: "manual", pageSize: CARDS } });
  for (const prepare of [async () => {}, () => database().db.update(card).set({ balance: 1, unlimited: false })]) {
    await prepare();
    query.mockClear();
    expect(await sync()).toEqual({ state: "done", full: true });
    const sizes = query.mock.calls.flatMap(([, parameters]: unknown[]) => cardsIn(parameters));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(CARDS);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
  }
  expect(await database().db.select({ rows: count() }).from(card)).toEqual([{ rows: CARDS }]);
});

/** How many cards a statement's parameters carry; none if it carries no rows. */
function cardsIn(parameters: unknown): number[] {
  const [rows] = Array.isArray(parameters) ? parameters : [];
  return typeof rows === "string" && rows.startsWith('[{"id":') ? [JSON.parse(rows).length] : [];
}
