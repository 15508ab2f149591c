import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { operation } from "@/lib/db/schema";
import { potato } from "@/lib/upstream";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { claimChunk } from "../generation/claim-chunk";
import { readHighWaterMark } from "./read-high-water-mark";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(() => room.startAnew());
const MINUTE = 60_000;

/** A chunk that was sent by a console whose clock was `ahead`, `ago`, and of which no answer came. */
async function lostChunk(id: string, { ago, ahead, made }: { ago: number; ahead: number; made: boolean }) {
  const claim = await claimChunk(room.as("admin"), id);
  if (claim.kind !== "chunk") throw new Error("nothing claimed");
  const baseline = await readHighWaterMark(2);
  const before = new Set(room.sandbox.store.keys);
  if (made) await potato().createKeys({ type: 2, total: 10 });
  for (const key of room.sandbox.store.keys) if (!before.has(key)) key.createdDate = Date.now() - ago;
  const at = new Date(Date.now() - ago + ahead);
  const unknown = { sentAt: at, createdAt: at, endedAt: at, baseline, reason: "timeout", nextReconcileAt: at };
  await room.db.update(operation).set({ state: "sent" }).where(eq(operation.id, claim.row.id));
  await room.db
    .update(operation)
    .set({ state: "unknown", ...unknown })
    .where(eq(operation.id, claim.row.id));
}

test("a lost call of before the clock was set back is found beside one of after it: no key is lost or made twice", async () => {
  const id = await room.create(2, 20);
  await lostChunk(id, { ago: 8 * MINUTE, ahead: 10 * MINUTE, made: true });
  await lostChunk(id, { ago: 0, ahead: 0, made: false });
  await room.look(id);
  await room.look(id, room.quiet() + 150);
  expect((await room.chunksOf(id)).map(({ state }) => state).toSorted()).toEqual(["applied", "not_applied"]);
  expect(await room.keysOf(id)).toEqual(room.madeOf(2));
});

test("beside a chunk whose mark was deleted upstream, old keys of others are none of ours", async () => {
  const id = await room.create(2, 20);
  await lostChunk(id, { ago: 8 * MINUTE, ahead: 0, made: true });
  await lostChunk(id, { ago: 0, ahead: 0, made: false });
  const chunks = await room.chunksOf(id);
  const younger = chunks.toSorted((a, b) => (a.sentAt?.getTime() ?? 0) - (b.sentAt?.getTime() ?? 0))[1];
  if (younger?.baseline?.kind !== "listing") throw new Error("no mark");
  const baseline = { ...younger.baseline, newest: ["deleted"] };
  await room.db.update(operation).set({ baseline }).where(eq(operation.id, younger.id));
  const others = new Set(room.madeOf(2));
  await room.look(id);
  await room.look(id, room.quiet() + 150);
  for (const key of await room.keysOf(id)) expect(others).toContain(key);
  expect(await room.keysOf(id)).toHaveLength(10);
});
