import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cardKey } from "@/lib/db/schema";
import { potato } from "@/lib/upstream";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { readFingerprint } from "../vault/fingerprint";
import { storeKeyStatus } from "./store-key-status";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());

test("what became of a key is read again after the clock was set back", async () => {
  const id = await room.create(3, 1);
  await room.run(id);
  const print = await readFingerprint();
  const { keys } = await potato().listKeys({ page: 1, size: 1, type: 3 });
  await storeKeyStatus(room.db, keys, { at: new Date(Date.now() + 8 * 3_600_000), print });
  const [key] = keys;
  if (!key) throw new Error("no key");
  await storeKeyStatus(room.db, [{ ...key, used: true }], { at: new Date(), print });
  expect(await room.db.select({ used: cardKey.used }).from(cardKey).where(eq(cardKey.batchId, id))).toEqual([
    { used: true },
  ]);
});
