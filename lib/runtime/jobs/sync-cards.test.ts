import type { PgBoss } from "pg-boss";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { withLock } from "@/lib/db/with-lock";
import { setBoss } from "@/lib/queue";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { handleSyncCards } from "./sync-cards";

let room: TestRoom;
const send = vi.fn(async (_name: string) => "id");
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { cards: 5, keys: 0 } });
  setBoss({ send } as unknown as PgBoss);
});
afterEach(() => send.mockClear());
afterAll(async () => {
  setBoss(undefined);
  await room.close();
});

const run = async (signal = new AbortController().signal) => {
  await handleSyncCards.handler({ ctx: room.as("admin"), input: { trigger: "schedule" }, signal });
  return send.mock.calls.map(([name]) => name);
};

test("a sync that is over is followed by a vacuum, as a job of its own", async () => {
  expect(await run()).toEqual(["vacuum-mirror"]);
});

test("so is one that failed: what its pages brought stays", async () => {
  await room.sandbox.addFaults([{ fault: "html-502", match: { kind: "list", when: { page: "1" } } }]);
  expect(await run()).toEqual(["vacuum-mirror"]);
  await room.clear();
});

test("one that another console does, or that the process stopped, is not", async () => {
  expect((await withLock("sync-cards", () => run()))?.value).toEqual([]);
  expect(await run(AbortSignal.abort())).toEqual([]);
});
