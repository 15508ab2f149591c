import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { lockDrafts } from "./lock-drafts";
import { setDraftExpiry } from "./set-draft-expiry";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());

/** The confirmation, for the row that the refusal has locked. */
const WAITS = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

test("a draft that an approver refuses while it is being confirmed is not sent, within the limit or not", async () => {
  const draft = await desk.transfer(desk.card(100), desk.card(5), 30);
  const { db } = database();
  let confirmed: Promise<unknown> | undefined;
  // As decideApproval refuses: the drafts are locked, and end at once.
  await db.transaction(async (tx) => {
    const actorId = room.as("operator").actor.id ?? "";
    await lockDrafts(tx, { ids: [draft.id], actorId });
    await setDraftExpiry(tx, { ids: [draft.id], expiresAt: new Date() });
    confirmed = draft.confirm().then(
      ({ state }) => state,
      (error: { code: string }) => error.code,
    );
    await expect.poll(async () => (await db.execute(WAITS)).rowCount).toBe(1);
  });
  expect(await confirmed).toBe("expired");
  expect(draft.writes()).toEqual([]);
  const [row] = await db.select({ state: operation.state }).from(operation).where(eq(operation.id, draft.id));
  expect(row?.state).toBe("draft");
});
