import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { cardEvent, operation, operationReading, session } from "@/lib/db/schema";
import { operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { handlePruneHistory } from "./prune-history";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

test("one run deletes whatever is old of all it looks after: history of cards, drafts, readings, answers, sessions", async () => {
  const { db } = database();
  const desk = operationDesk(room);
  await desk.destroy(desk.card(0));
  const id = await desk.unknownDestroy(desk.card(0), "before");
  await desk.look(id, 100_000);
  const call = { phase: "body", status: 200, ms: 1, fault: null, body: "被拒绝" };
  await db.update(operation).set({ call }).where(eq(operation.id, id));
  await db.insert(cardEvent).values({ cardId: "c", at: new Date(), kind: "back" });
  const userId = room.as("admin").actor.id ?? "";
  await db.insert(session).values({ userId, expiresAt: new Date() });
  const counts = async () =>
    Promise.all([cardEvent, operation, operationReading, session].map((table) => db.$count(table)));
  const before = await counts();
  expect(before.every((count) => count > 0)).toBe(true);

  const ctx = room.as("admin", () => new Date(Date.now() + 500 * 86_400_000));
  const { signal } = new AbortController();
  await handlePruneHistory.handler({ ctx, input: {}, signal });
  // What was confirmed stays, without the upstream's words.
  expect(await counts()).toEqual([0, 1, 0, 0]);
  expect((await db.select().from(operation))[0]?.call).toEqual({ ...call, body: "" });
});
