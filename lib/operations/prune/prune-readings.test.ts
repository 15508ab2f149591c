import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { operation, operationReading } from "@/lib/db/schema";
import { changeSetting } from "@/lib/settings";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import type { OperationParams, OperationState } from "../operation";
import { pruneReadings } from "./prune-readings";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

const now = new Date("2026-09-21T06:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const card = { id: "a", code: "b", phone: null, userName: null, type: "1", balance: 0 };
const destroy: OperationParams = { kind: "destroy", card };

/** An operation with one reading, as old as the operation is final; null: it is not. */
async function put(
  state: OperationState,
  finishedDays: number | null,
  params: OperationParams = destroy,
): Promise<string> {
  const id = randomUUID();
  const at = daysAgo(finishedDays ?? 500);
  const finishedAt = finishedDays === null ? null : at;
  const { db } = database();
  const row = { id, kind: params.kind, state, params, actorName: "operator", createdAt: at, expiresAt: at, finishedAt };
  await db.insert(operation).values(row);
  const reading = { kind: "presence" as const, byId: true, inFullList: null };
  await db.insert(operationReading).values({ operationId: id, at, reading, conclusion: "pending" });
  return id;
}

const prune = (input = {}) => pruneReadings({ ctx: room.as("admin", () => now), input });
const left = async () =>
  (await database().db.select({ id: operationReading.operationId }).from(operationReading)).map(({ id }) => id);

test("readings go when their operation is final for longer than the setting; the operation, a chunk's and an unknown one's stay", async () => {
  for (const state of ["applied", "settled", "done"] as const) await put(state, 401);
  const recent = [await put("applied", 399), await put("not_applied", 31)];
  const open = await put("unknown", null);
  const chunk = await put("applied", 500, { kind: "generate", keyType: 1, count: 3 });
  const all = await database().db.$count(operation);
  const stopped = new AbortController();
  stopped.abort();
  expect(await prune({ chunk: 2, signal: stopped.signal })).toBe(2);
  expect(await prune({ chunk: 2 })).toBe(1);
  expect((await left()).toSorted()).toEqual([...recent, open, chunk].toSorted());
  await changeSetting({ ctx: room.as("admin"), input: { key: "retention", value: { days: 30 } } });
  expect(await prune()).toBe(2);
  expect((await left()).toSorted()).toEqual([open, chunk].toSorted());
  expect(await database().db.$count(operation)).toBe(all);
});
