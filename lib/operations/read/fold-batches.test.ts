import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import * as schema from "@/lib/db/schema";
import { operation } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { operationDesk } from "@/test/support/operation-fixtures";
import { listOperationsSchema } from "../schemas";
import { listOperations } from "./list-operations";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  await room.clear();
  await room.db.delete(schema.cardKey);
  await room.db.delete(schema.operationReading);
  await room.db.delete(schema.operationCard);
  await room.db.delete(operation);
});

const list = (query: object) =>
  listOperations({ ctx: room.as("support"), input: listOperationsSchema.parse(query), kinds });
const batches = async (query: object) => (await list(query)).rows.map(({ batch }) => batch?.id ?? null);

async function destroyed(): Promise<string> {
  const desk = operationDesk(room);
  const draft = await desk.destroy(desk.card(0));
  await draft.confirm();
  return draft.id;
}

test("a batch of keys is one row with its counts and state, other operations stay rows, and the total counts rows", async () => {
  const batchId = await room.create(2, 37);
  await room.run(batchId);
  const destroy = await destroyed();
  const { rows, total } = await list({});
  expect(total).toBe(2);
  expect(rows.map(({ id, batch }) => batch?.id ?? id)).toEqual([destroy, batchId]);
  expect(rows[0]?.batch).toBeNull();
  expect(rows[1]?.batch).toEqual({
    id: batchId,
    state: "done",
    wanted: 37,
    recorded: 37,
    inFlight: 0,
    unknown: 0,
    calls: 4,
  });
});

test("pages are exact: each row stands on one page, whatever is folded between", async () => {
  const first = await room.create(0, 25);
  await room.run(first);
  const destroy = await destroyed();
  const second = await room.create(1, 12);
  await room.run(second);
  const seen: string[] = [];
  // The smallest page a screen can ask for holds all of them; the verb pages by any size.
  for (const page of [1, 2, 3, 4]) {
    const input = { ...listOperationsSchema.parse({ page }), size: 1 as 20 };
    const { rows, total } = await listOperations({ ctx: room.as("support"), input, kinds });
    expect(total).toBe(3);
    seen.push(...rows.map(({ id, batch }) => batch?.id ?? id));
  }
  expect(seen).toEqual([second, destroy, first]);
});

test("a filter finds a batch by any of its calls, once", async () => {
  const batchId = await room.create(3, 30);
  await room.run(batchId);
  const other = await room.create(4, 10);
  await room.run(other);
  const [, second, third] = await room.chunksOf(batchId);
  // A call that is not the batch's first.
  await room.db.delete(schema.cardKey).where(eq(schema.cardKey.operationId, third?.id ?? ""));
  for (const [id, day] of [
    [second?.id, "2026-03-04"],
    [third?.id, "2026-03-05"],
  ])
    await room.db
      .update(operation)
      .set({ createdAt: new Date(`${day}T04:00:00Z`) })
      .where(eq(operation.id, id ?? ""));
  expect(await batches({ from: "2026-03-01", to: "2026-03-31" })).toEqual([batchId]);
  expect((await list({ from: "2026-03-01", to: "2026-03-31" })).total).toBe(1);
  expect(await batches({ states: ["done"] })).toHaveLength(2);
  expect(await batches({ kinds: ["generate"], actor: "OPERATOR" })).toHaveLength(2);
  expect(await batches({ kinds: ["transfer"] })).toEqual([]);
  expect(await batches({ states: ["unknown"] })).toEqual([]);
});

test("single calls are listed by their batch and found by their id", async () => {
  const batchId = await room.create(5, 30);
  await room.run(batchId);
  const chunks = (await room.chunksOf(batchId)).map(({ id }) => id);
  const { rows, total } = await list({ batchId });
  expect(total).toBe(3);
  expect(rows.map(({ id }) => id).toSorted()).toEqual(chunks.toSorted());
  expect(rows.map(({ batch }) => batch)).toEqual([null, null, null]);
  expect((await list({ text: chunks[2] })).rows.map(({ id, batch }) => ({ id, batch }))).toEqual([
    { id: chunks[2], batch: null },
  ]);
});

test("the page and the total of the whole list are read from the index of its rows, and a batch's calls by the batch", async () => {
  const batchId = randomUUID();
  const at = new Date("2026-05-01T00:00:00Z");
  await room.db.insert(operation).values(
    Array.from({ length: 3000 }, (_, n) => ({
      id: randomUUID(),
      kind: "generate" as const,
      state: n % 1000 === 7 ? ("unknown" as const) : ("done" as const),
      params: { kind: "generate" as const, keyType: 0, count: 10 },
      actorName: "operator",
      createdAt: new Date(at.getTime() + n),
      expiresAt: at,
      batchId: n % 50 === 0 ? randomUUID() : batchId,
      folded: n % 50 !== 0,
    })),
  );
  const { pool } = database();
  await pool.query("analyze operation");
  const asked: { query: string; params: unknown[] }[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => asked.push({ query, params }) };
  const db = drizzle(pool, { schema, casing: "snake_case", logger });
  const plansOf = async (query: object): Promise<string> => {
    asked.length = 0;
    await listOperations({ ctx: { ...room.as("support"), db }, input: listOperationsSchema.parse(query), kinds });
    const plans = await Promise.all(
      asked.slice(0, 2).map(({ query: text, params }) => pool.query(`explain (format json) ${text}`, params)),
    );
    return JSON.stringify(plans.map(({ rows }) => rows));
  };
  const whole = await plansOf({});
  expect(whole.match(/"Index Name":"operation_listed_idx"/g)).toHaveLength(2);
  expect(whole).not.toContain("Seq Scan");
  expect(whole).not.toContain("Sort");
  const filtered = await plansOf({ states: ["unknown"] });
  // Two indexes have the unknown ones; which is smaller depends on what was vacuumed last.
  expect(filtered).toMatch(/"Index Name":"operation_(?:state|reconcile)_idx"/);
  expect(filtered).not.toContain("Seq Scan");
});
