import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Ctx } from "@/lib/context";
import { database } from "@/lib/db/client";
import { card } from "@/lib/db/schema";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { lookUpCard } from "../look-up-card";
import { readCardsLive } from "./read-cards-live";
import { rereadCard } from "./reread-card";

/** Ends a test that hangs; nothing is measured by it. */
const WAIT = { timeout: 20_000 };

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await room.clear();
});

/** The ids of the cards whose reads reached the upstream, in this order. */
function watchReads(): () => string[] {
  const pick = vi.spyOn(room.sandbox.context.faults, "pick");
  return () => pick.mock.calls.flatMap(([{ body }]) => (body as { id?: string }).id ?? []);
}
/** Cards made and mirrored. */
async function mirrored(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => desk.card(5).id);
  await readCardsLive(room.as("operator"), ids);
  return ids;
}
const another = (name: string): Ctx => ({
  ...room.as("support"),
  actor: { ...room.as("support").actor, id: null, name },
});

test("450 re-reads of one person at once: two are made, and an operator's transfer goes through meanwhile", async () => {
  const [id = ""] = await mirrored(1);
  const reads = watchReads();
  room.sandbox.context.held.hold("list");
  const asked = Array.from({ length: 450 }, () => rereadCard({ ctx: room.as("support"), input: { id } }));
  const all = Promise.allSettled(asked);
  await Promise.allSettled(asked.slice(2));
  expect(reads().length).toBeLessThanOrEqual(2);
  const lookUp = lookUpCard({ ctx: room.as("support"), input: { phone: "15916888888", code: "wNaa1GDw" } });
  await expect(lookUp).rejects.toMatchObject({ key: "reads_running" });

  const [source, target] = [desk.card(50), desk.card(0)];
  const preview = desk.transfer(source, target, 10);
  await vi.waitFor(() => expect(reads()).toEqual(expect.arrayContaining([source.id, target.id])), WAIT);
  room.sandbox.context.held.release();
  const transfer = await preview;
  await transfer.confirm();
  expect(transfer.writes()).toHaveLength(1);
  expect(target.api_limit).toBe(10);

  const results = await all;
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  for (const result of results.slice(2))
    expect(result).toMatchObject({ reason: { code: "too_many", key: "reads_running" } });
  expect(reads().filter((each) => each === id)).toHaveLength(2);
  expect(await rereadCard({ ctx: room.as("support"), input: { id } })).toMatchObject({ listed: true });
});

test("a read that decides is made while 40 reads of screens that came earlier get no answer", async () => {
  const ids = await mirrored(40);
  const [deciding = ""] = await mirrored(1);
  const reads = watchReads();
  room.sandbox.context.held.hold("list");
  const screens = ids.map((id, i) => rereadCard({ ctx: another(`person ${Math.floor(i / 2)}`), input: { id } }));
  const decided = readCardsLive(room.as("operator"), [deciding]);
  // Not one of the 40 is answered, and two of them are under way.
  await vi.waitFor(() => expect(reads()).toContain(deciding), WAIT);
  expect(reads().length).toBeLessThanOrEqual(3);
  room.sandbox.context.held.release();
  await Promise.all([decided, ...screens]);
  expect(reads()).toHaveLength(41);
});

test("a card read while the clock was ahead is read again after it was set back: the screen shows what was just read", async () => {
  const row = desk.card(100);
  const wrong = room.as("operator", () => new Date(Date.now() + 8 * 3_600_000));
  await readCardsLive(wrong, [row.id]);
  room.sandbox.activity.consume(row, 60);
  const { card: shown } = await rereadCard({ ctx: room.as("operator"), input: { id: row.id } });
  expect(shown.balance).toBe(40);
  const [stored] = await database().db.select().from(card).where(eq(card.id, row.id));
  expect(stored?.readAt.getTime()).toBeLessThanOrEqual(Date.now());
});
