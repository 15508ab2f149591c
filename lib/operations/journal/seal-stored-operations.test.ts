import { randomUUID } from "node:crypto";
import { asc } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import type { OperationParams } from "../operation";
import { listOperations } from "../read/list-operations";
import { listOperationsSchema } from "../schemas";
import { openOperation } from "./open-operation";
import { isUnsealedOperation, sealStoredOperations } from "./seal-stored-operations";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

const card = (n: number, phone: string | null = `1390000000${n}`) => ({
  id: `card${n}`,
  code: `AAAA111${n}`,
  phone,
  userName: null,
  type: "1",
  balance: n,
});
const given: OperationParams[] = [
  ...[1, 2, 3].map((n) => ({ kind: "transfer" as const, source: card(n), target: card(n + 1), amount: n })),
  { kind: "destroy", card: card(5, null) },
  { kind: "destroy", card: card(6) },
  { kind: "generate", keyType: 1, count: 3 },
];

/** Rows as they were before there was a sealed column. */
async function putOld(): Promise<void> {
  const at = new Date();
  const base = { state: "done" as const, actorName: "operator", createdAt: at, expiresAt: at, note: "旧" };
  const rows = given.map((params) => ({ ...base, id: randomUUID(), kind: params.kind, params }));
  await database().db.insert(operation).values(rows);
}

const rows = () => database().db.select().from(operation).orderBy(asc(operation.id));
const opened = async () => (await rows()).map(openOperation);
const unsealed = () => database().db.$count(operation, isUnsealedOperation);
const found = async (text: string) =>
  (await listOperations({ ctx: room.as("support"), input: listOperationsSchema.parse({ text }), kinds })).total;

/** The room's context, whose process is killed at the `n`th row it would write. */
function killedAt(n: number) {
  const ctx = room.as("admin");
  let written = 0;
  const update: typeof ctx.db.update = (table) => {
    if (written === n) throw new Error("killed");
    written += 1;
    return ctx.db.update(table);
  };
  const db: typeof ctx.db = Object.create(ctx.db, { update: { value: update } });
  return { ...ctx, db };
}

test("rows of before sealing are read as they are, sealed one by one, and after a kill gone on with to the same result", async () => {
  await putOld();
  const before = await opened();
  expect(await unsealed()).toBe(5);
  expect(await found("13900000002")).toBe(0);

  await expect(sealStoredOperations({ ctx: killedAt(2), input: { chunk: 2 } })).rejects.toThrow("killed");
  expect(await unsealed()).toBe(3);
  expect(await opened()).toEqual(before);
  const stopped = AbortSignal.abort();
  expect(await sealStoredOperations({ ctx: room.as("admin"), input: { signal: stopped } })).toBe(0);

  const both = [1, 2].map(() => sealStoredOperations({ ctx: room.as("admin"), input: { chunk: 2 } }));
  expect((await Promise.all(both)).reduce((sum, n) => sum + n)).toBe(3);
  expect(await unsealed()).toBe(0);
  expect(await opened()).toEqual(before);
  expect(JSON.stringify(await rows())).not.toMatch(/AAAA111|1390000000/);
  expect(await found("13900000002")).toBe(2);
  const sealed = await rows();
  expect(await sealStoredOperations({ ctx: room.as("admin"), input: {} })).toBe(0);
  expect(await rows()).toEqual(sealed);
});

test("without app keys nothing happens", async () => {
  await putOld();
  room.setEnv({ APP_KEYS: "" });
  expect(await sealStoredOperations({ ctx: room.as("admin"), input: {} })).toBe(0);
  expect(await unsealed()).toBe(5);
});
