import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { database } from "@/lib/db/client";
import { card } from "@/lib/db/schema";
import { operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { storeNameTerms } from "../names/store-name-terms";
import { readCardsLive } from "./read-cards-live";

vi.mock("../names/store-name-terms", async (original) => {
  const { storeNameTerms: actual } = await original<typeof import("../names/store-name-terms")>();
  return { storeNameTerms: vi.fn(actual) };
});

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { cards: 0, keys: 0 } });
});
afterAll(() => room.close());

test("cards that many read at once for the first time are mirrored once, and nobody's reading fails", async () => {
  const desk = operationDesk(room);
  for (let round = 0; round < 5; round++) {
    const ids = [desk.card(10), desk.card(20)].map(({ id }) => id);
    const readings = Array.from({ length: 10 }, (_, place) =>
      readCardsLive(room.as("operator"), place % 2 ? ids : ids.toReversed()),
    );
    const ends = await Promise.allSettled(readings);
    expect(ends.filter(({ status }) => status === "rejected")).toEqual([]);
  }
});

test("a reading that can't be written whole is not written at all", async () => {
  const { id } = operationDesk(room).card(10);
  vi.mocked(storeNameTerms).mockRejectedValueOnce(new Error("the process ends here"));
  await expect(readCardsLive(room.as("operator"), [id])).rejects.toThrow("ends here");
  expect(await database().db.select().from(card).where(eq(card.id, id))).toEqual([]);
  await readCardsLive(room.as("operator"), [id]);
  expect(await database().db.select().from(card).where(eq(card.id, id))).toHaveLength(1);
});
