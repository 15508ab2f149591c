import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { changeSetting } from "@/lib/settings";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import type { OperationState } from "../operation";
import { pruneAnswers } from "./prune-answers";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

const now = new Date("2026-09-21T06:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const call = { phase: "body", status: 200, ms: 7, fault: null, body: '{"code":0}' };

async function put(state: OperationState, finishedDays: number | null): Promise<string> {
  const id = randomUUID();
  const at = daysAgo(finishedDays ?? 500);
  const finishedAt = finishedDays === null ? null : at;
  const params = { kind: "generate" as const, keyType: 1, count: 3 };
  const row = { id, kind: params.kind, state, params, actorName: "operator", createdAt: at, expiresAt: at };
  await database()
    .db.insert(operation)
    .values({ ...row, finishedAt, call });
  return id;
}

const prune = (input = {}) => pruneAnswers({ ctx: room.as("admin", () => now), input });
const calls = () => database().db.select({ id: operation.id, call: operation.call }).from(operation);
const kept = async () => (await calls()).flatMap((row) => (row.call?.body ? [row.id] : [])).toSorted();

test("an answer's text goes when its operation is final for longer than the setting, in steps; the rest of the call stays", async () => {
  for (const state of ["applied", "settled", "refused"] as const) await put(state, 401);
  const recent = await put("done", 399);
  const open = await put("unknown", null);
  const stopped = new AbortController();
  stopped.abort();
  expect(await prune({ chunk: 2, signal: stopped.signal })).toBe(2);
  expect(await prune({ chunk: 2 })).toBe(1);
  expect(await kept()).toEqual([recent, open].toSorted());
  await changeSetting({ ctx: room.as("admin"), input: { key: "retention", value: { days: 30 } } });
  expect(await prune()).toBe(1);
  expect(await kept()).toEqual([open]);
  for (const row of await calls()) expect(row.call).toEqual({ ...call, body: row.id === open ? call.body : "" });
});
