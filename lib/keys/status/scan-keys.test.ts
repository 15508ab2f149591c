import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { cardKey, keyScan, upstreamStatus } from "@/lib/db/schema";
import { potato } from "@/lib/upstream";
import { changeOptions, defaultOptions } from "@/sandbox/core/options";
import type { KeyRow } from "@/sandbox/store/key-row";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { scanKeys } from "./scan-keys";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  await room.db.delete(keyScan);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await room.clear();
  changeOptions(room.sandbox.context.state.options, defaultOptions());
  await room.sandbox.reset();
});

const START = Date.UTC(2026, 8, 21, 6);
/** A run so many minutes later; the pages it asked for. */
async function scan(minute: number) {
  const list = vi.spyOn(potato(), "listKeys");
  list.mockClear();
  const result = await scanKeys({ ctx: room.as("admin", () => new Date(START + minute * 60_000)) });
  const asked = list.mock.calls.map(([{ page, size }]) => [page, size]);
  return { result, asked };
}

async function batchOf(count: number): Promise<string> {
  const id = await room.create(2, count);
  await room.run(id);
  return id;
}

/** Others' keys, made before or after ours. */
function strangers(count: number, where: "older" | "newer") {
  const { keys } = room.sandbox.store;
  const [like] = keys;
  if (!like) throw new Error("no key to make more of");
  const others = Array.from({ length: count }, (_, i): KeyRow => {
    const cardStr = (where === "older" ? "A" : "B") + String(i).padStart(31, "0");
    return { ...like, cardStr, id: `${where === "older" ? 1 : 9}${String(i).padStart(18, "0")}` };
  });
  if (where === "older") keys.unshift(...others);
  else keys.push(...others);
}

const use = (key: KeyRow | undefined) =>
  Object.assign(key ?? {}, { state: 0, expireTime: "2026-10-21 09:22:41", systemStr: "device-1" });
const statusOf = async (batchId: string) =>
  (await room.rowsOf(batchId)).map(({ used, deleted, expiresAt, device, exportState, seenAt }) => ({
    used,
    deleted,
    expiresAt,
    device,
    exportState,
    seenAt,
  }));
const scanRow = async () => (await room.db.select().from(keyScan))[0];

test("what the list shows of our keys is stored; others' keys leave no trace", async () => {
  const id = await batchOf(2);
  const ours = room.sandbox.store.keys.slice(-2);
  strangers(3, "newer");
  use(ours[0]);
  Object.assign(ours[1] ?? {}, { status: 0, exportState: 2 });
  expect((await scan(0)).result).toBe("done");
  const seenAt = new Date(START);
  const expiresAt = new Date("2026-10-21T09:22:41+08:00");
  const stored = await statusOf(id);
  expect(stored).toHaveLength(2);
  expect(stored).toContainEqual({ used: true, deleted: false, expiresAt, device: "device-1", exportState: 1, seenAt });
  const deleted = { used: false, deleted: true, expiresAt: null, device: null, exportState: 2, seenAt };
  expect(stored).toContainEqual(deleted);
  expect(await room.db.select().from(cardKey)).toHaveLength((await room.rowsOf(id)).length);
});

test("a long list is never read whole at once: new ones back to those known, old ones some pages a minute", async () => {
  const id = await batchOf(5);
  strangers(4_500, "older");
  expect((await scan(0)).asked).toEqual([
    [1, 100],
    [1, 1_000],
    [2, 1_000],
  ]);
  expect(await scanRow()).toMatchObject({ rowsPassed: 2_000, roundEndedAt: null });
  // Again from the newest, which are known, and on through the old ones.
  expect((await scan(1)).asked).toEqual([
    [1, 100],
    [3, 1_000],
    [4, 1_000],
  ]);
  const last = await scan(2);
  expect(last.asked.slice(0, 2)).toEqual([
    [1, 100],
    [5, 1_000],
  ]);
  expect(last.asked).toHaveLength(3);
  expect(await scanRow()).toMatchObject({ rowsPassed: 0, roundEndedAt: new Date(START + 2 * 60_000) });
  // A round is over: only the newest, until it has rested.
  expect((await scan(3)).asked).toEqual([[1, 100]]);
  expect((await scan(13)).asked).toHaveLength(3);
  expect((await statusOf(id)).every(({ used }) => used === false)).toBe(true);
});

test("an old key that is used later is seen by the slow walk, in whichever run comes by", async () => {
  const id = await batchOf(1);
  const own = room.sandbox.store.keys.at(-1);
  strangers(2_500, "newer");
  await scan(0);
  expect(await statusOf(id)).toMatchObject([{ used: null, seenAt: null }]);
  use(own);
  await scan(1);
  expect(await statusOf(id)).toMatchObject([{ used: true, device: "device-1", seenAt: new Date(START + 60_000) }]);
});

test("more new keys than a minute's share are left to the slow walk, and the mark moves on", async () => {
  await batchOf(1);
  await scan(0);
  strangers(1_000, "newer");
  expect((await scan(1)).asked.filter(([, size]) => size === 100)).toEqual([
    [1, 100],
    [2, 100],
    [3, 100],
  ]);
  expect((await scan(2)).asked.filter(([, size]) => size === 100)).toEqual([[1, 100]]);
});

test.each([
  ["caps its pages", { keyPageCap: 400, keyPageStep: "given" }],
  ["caps its pages and counts by what was asked", { keyPageCap: 400, keyPageStep: "asked" }],
  ["repeats its last page", { keyPageEnd: "repeat" }],
] as const)("an upstream that %s is read to its end, and the walk begins again", async (_, options) => {
  const id = await batchOf(1);
  strangers(2_100, "newer");
  changeOptions(room.sandbox.context.state.options, options);
  let minute = 0;
  while (!(await scanRow())?.roundEndedAt && minute < 20) await scan(minute++);
  expect(await scanRow()).toMatchObject({ rowsPassed: 0, lastPageId: null });
  expect(await statusOf(id)).toMatchObject([{ used: false }]);
});

test("two runs in a minute are one, and two at once are one: the share is of the minute, not of the process", async () => {
  await batchOf(1);
  const list = vi.spyOn(potato(), "listKeys");
  const ctx = room.as("admin", () => new Date(START));
  const results = await Promise.all([scanKeys({ ctx }), scanKeys({ ctx })]);
  expect(results).toContain("done");
  expect(results.filter((result) => result === "done")).toHaveLength(1);
  const calls = list.mock.calls.length;
  expect(await scanKeys({ ctx })).toBe("too_soon");
  expect(list.mock.calls).toHaveLength(calls);
});

test("a failed run changes nothing but what is known of the upstream, and the next goes on from there", async () => {
  await batchOf(1);
  await room.db.delete(upstreamStatus);
  strangers(3_500, "older");
  await scan(0);
  const before = await scanRow();
  await room.fault({ fault: "html-502", match: { kind: "keys" } });
  expect((await scan(1)).result).toBe("failed");
  expect(await room.db.select().from(upstreamStatus)).toMatchObject([
    { source: "potato.keys", errorKey: "upstream.http_status", lastSuccessAt: new Date(START) },
  ]);
  expect(await scanRow()).toMatchObject({ rowsPassed: before?.rowsPassed, newest: before?.newest });
  await room.clear();
  expect((await scan(2)).asked.at(-1)).toEqual([4, 1_000]);
  expect(await room.db.select().from(upstreamStatus)).toMatchObject([{ source: "potato.keys", errorKey: null }]);
});

test("without a key of ours nothing is asked", async () => {
  await room.db.delete(cardKey);
  expect(await scan(0)).toEqual({ result: "nothing_held", asked: [] });
});
