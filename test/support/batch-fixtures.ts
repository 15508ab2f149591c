import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { database } from "@/lib/db/client";
import { batch, cardKey, operation } from "@/lib/db/schema";
import { createBatch, generateKind, runBatch } from "@/lib/keys";
import type { KeyType } from "@/lib/keys/types";
import { decryptKey } from "@/lib/keys/vault/encrypt-key";
import { type OperationRow, openOperation } from "@/lib/operations";
import type { FaultRuleInput } from "@/sandbox/faults/fault-rule";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";

/** A test room with what the tests of batches say again and again. */
export async function openBatchRoom(...options: Parameters<typeof openTestRoom>) {
  const room = await openTestRoom(...options);
  const { db } = database();
  const never = new AbortController().signal;

  const create = async (keyType: KeyType, wanted: number, ctx: Ctx = room.as("operator")) => {
    const input = { batchId: randomUUID(), keyType, wanted, note: "测试" };
    return (await createBatch({ ctx, input })).batchId;
  };
  const later = (seconds: number) => () => new Date(Date.now() + seconds * 1000);
  /** Run the batch, `seconds` from now. */
  const run = async (batchId: string, { signal = never, seconds = 0 } = {}) => {
    room.elapse(seconds * 1000);
    try {
      await runBatch({ ctx: room.as("admin", later(seconds)), batchId, signal, sleep: () => Promise.resolve() });
    } finally {
      room.elapse(0);
    }
  };
  const batchOf = async (batchId: string) => {
    const [row] = await db.select().from(batch).where(eq(batch.id, batchId));
    if (!row) throw new Error("no such batch");
    return row;
  };
  const chunksOf = async (batchId: string): Promise<OperationRow[]> =>
    (await db.select().from(operation).where(eq(operation.batchId, batchId)).orderBy(asc(operation.createdAt))).map(
      openOperation,
    );
  const rowsOf = (batchId: string) => db.select().from(cardKey).where(eq(cardKey.batchId, batchId));
  /** The keys themselves, duplicates left out. */
  const keysOf = async (batchId: string) =>
    (await rowsOf(batchId))
      .filter((row) => row.flag !== "duplicate")
      .map((row) => decryptKey(row.cipher, row.id))
      .sort();
  /** Keys the upstream made for us, by type. */
  const madeOf = (keyType: KeyType) =>
    room.sandbox.store.journal
      .flatMap((row) => row.changes)
      .flatMap((change) => (change.kind === "key" && change.type === keyType ? [change.cardStr] : []))
      .sort();
  const callsFor = (keyType: KeyType) =>
    room.sandbox.store.journal.filter(
      (row) => row.kind === "generate" && (row.params as { type: number }).type === keyType,
    );
  /** Look at every unknown chunk, `seconds` from now. */
  const look = async (batchId: string, seconds = 0) => {
    room.elapse(seconds * 1000);
    try {
      for (const row of await chunksOf(batchId))
        if (row.state === "unknown") await generateKind.reconcile(room.as("admin", later(seconds)), row);
    } finally {
      room.elapse(0);
    }
  };
  /** End what is open and forget what was made, so that the next test begins alone. */
  const startAnew = async () => {
    await room.clear();
    await room.sandbox.reset();
    await db.update(batch).set({ state: "cancelled" });
    const settled = { state: "settled", settledAs: "not_applied" } as const;
    await db.update(operation).set(settled).where(eq(operation.state, "unknown"));
  };
  return {
    ...room,
    db,
    create,
    startAnew,
    run,
    batchOf,
    chunksOf,
    rowsOf,
    keysOf,
    madeOf,
    callsFor,
    look,
    fault: (rule: FaultRuleInput) => room.sandbox.addFaults([{ ...rule, match: { kind: "generate", ...rule.match } }]),
    quiet: () => env().QUIET_PERIOD_SECONDS + 5,
  };
}

export type BatchRoom = Awaited<ReturnType<typeof openBatchRoom>> & TestRoom;
