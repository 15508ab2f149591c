import { afterAll, beforeAll, expect, test } from "vitest";
import { requestApproval } from "@/lib/approvals";
import { database } from "@/lib/db/client";
import { operation, setting, user } from "@/lib/db/schema";
import { settingDefaults } from "@/lib/settings/schemas";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { pruneDrafts } from "./prune-drafts";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());

/** A preview lasts ten minutes. */
const EXPIRES_AFTER_MS = 600_000;
const DAY_MS = 86_400_000;
const draft = () => desk.destroy(desk.card(0));
const prune = (sinceNow: number, input = {}) =>
  pruneDrafts({ ctx: room.as("admin", () => new Date(Date.now() + sinceNow)), input });
const left = async () => (await database().db.select({ id: operation.id }).from(operation)).map(({ id }) => id);

test("what nobody confirmed goes a day after it expired, in small steps; what was confirmed and what is asked for stays", async () => {
  const { db } = database();
  await db.update(user).set({ passwordHash: "x" });
  const operator = { callsMoved: 0, cardsDestroyed: 1, keysMade: 0 };
  await db.insert(setting).values({ key: "daily_limits", value: { ...settingDefaults.daily_limits, operator } });
  const confirmed = await draft();
  await confirmed.confirm();
  const asked = await draft();
  await requestApproval({
    ctx: room.as("operator"),
    input: { subject: { kind: "operation", operationIds: [asked.id] }, reason: "清理", reference: null },
  });
  for (let i = 0; i < 5; i++) await draft();

  expect(await prune(DAY_MS)).toBe(0);
  expect(await left()).toHaveLength(7);
  const stopped = new AbortController();
  stopped.abort();
  const later = DAY_MS + EXPIRES_AFTER_MS;
  expect(await prune(later, { chunk: 2, signal: stopped.signal })).toBe(2);
  expect(await prune(later, { chunk: 2 })).toBe(3);
  // Neither does it go when the request itself is long over: the approval shows what it was about.
  expect(await prune(400 * DAY_MS)).toBe(0);
  expect((await left()).toSorted()).toEqual([confirmed.id, asked.id].toSorted());
});
