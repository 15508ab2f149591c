import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operation } from "@/lib/db/schema";
import { operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

test.each([
  { reverses: randomUUID() },
  { merges: true },
  { mergeOf: randomUUID() },
  { retryOf: randomUUID() },
  { batchId: randomUUID() },
  { actorId: randomUUID() },
  { actorName: "somebody" },
])("what an operation belongs to never changes, from the draft on, in the database itself too: %o", async (changes) => {
  const desk = operationDesk(room);
  const { db } = room.as("operator");
  const { id, confirm } = await desk.transfer(desk.card(100), desk.card(0), 10);
  const change = () => db.update(operation).set(changes).where(eq(operation.id, id));
  await expect(change()).rejects.toMatchObject({
    cause: { message: expect.stringContaining("belongs to is immutable") },
  });
  expect((await confirm()).state).toBe("done");
  await expect(change()).rejects.toMatchObject({
    cause: { message: expect.stringContaining("belongs to is immutable") },
  });
});
