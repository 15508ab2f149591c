import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { card } from "@/lib/db/schema";
import { operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readCardsLive } from "./read-cards-live";
import { rereadCard } from "./reread-card";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

test("a card read while the clock was ahead is read again after it was set back: the screen shows what was just read", async () => {
  const row = operationDesk(room).card(100);
  const wrong = room.as("operator", () => new Date(Date.now() + 8 * 3_600_000));
  await readCardsLive(wrong, [row.id]);
  room.sandbox.activity.consume(row, 60);
  const { card: shown } = await rereadCard({ ctx: room.as("operator"), input: { id: row.id } });
  expect(shown.balance).toBe(40);
  const [stored] = await database().db.select().from(card).where(eq(card.id, row.id));
  expect(stored?.readAt.getTime()).toBeLessThanOrEqual(Date.now());
});
