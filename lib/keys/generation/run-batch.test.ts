import { randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { systemContext } from "@/lib/context";
import { audit, batch, dailyUsage, instance, operation, operationReading, setting, user } from "@/lib/db/schema";
import { recoverOperations } from "@/lib/operations";
import { recordOutcome } from "@/lib/operations/confirm/record-outcome";
import { pauseWrites, resumeWrites } from "@/lib/settings";
import { settingDefaults } from "@/lib/settings/schemas";
import { potato } from "@/lib/upstream";
import { changeOptions } from "@/sandbox/core/options";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { readProgress } from "../batches/read-progress";
import { resumeBatch } from "../batches/resume-batch";
import { checkChunkRefusal } from "../recovery/check-chunk-refusal";
import { claimChunk } from "./claim-chunk";
import { recordChunk } from "./record-chunk";
import { runBatch } from "./run-batch";
import { sendChunk } from "./send-chunk";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(async () => {
  await room.clear();
  changeOptions(room.sandbox.context.state.options, { listLagMs: 0 });
  await room.db.update(batch).set({ state: "cancelled" }).where(eq(batch.state, "generating"));
  await concludeChunks();
  await room.sandbox.reset();
});

/** What a test left short or unknown must not be in doubt for the next one. */
async function concludeChunks() {
  const settled = { state: "settled", settledAs: "not_applied" } as const;
  await room.db.update(operation).set(settled).where(eq(operation.state, "unknown"));
  const reading = { kind: "listing" as const, found: 0, unknownKeys: 0, complete: true };
  const done = await room.db.select({ id: operation.id }).from(operation).where(eq(operation.state, "done"));
  for (const { id } of done)
    await room.db.insert(operationReading).values({ operationId: id, at: new Date(), reading, conclusion: "applied" });
}

const NONE = { refused: 0, released: 0 };
const operator = () => room.as("operator");

describe("making keys", () => {
  test("37 keys come in chunks of at most ten, all recorded encrypted, with one journal and audit row a call", async () => {
    const id = await room.create(2, 37);
    await room.run(id);

    expect(await room.batchOf(id)).toMatchObject({ state: "done", wanted: 37, finishedAt: expect.any(Date) });
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(await room.keysOf(id)).toHaveLength(37);
    const chunks = await room.chunksOf(id);
    const sizes = chunks.map((row) => (row.params.kind === "generate" ? row.params.count : 0));
    expect(sizes.toSorted()).toEqual([10, 10, 10, 7].toSorted());
    expect(chunks.every((row) => row.state === "done" && row.actorName === "operator")).toBe(true);
    for (const row of await room.rowsOf(id)) {
      expect(row).toMatchObject({ recovered: false, flag: null, keyType: 2 });
      expect(row.upstreamId).toMatch(/^\d{18,19}$/);
    }
    const stored = JSON.stringify([await room.rowsOf(id), chunks, await room.db.select().from(audit)]);
    for (const key of room.madeOf(2)) expect(stored).not.toContain(key);
    const trail = await room.db
      .select({ action: audit.action })
      .from(audit)
      .where(eq(audit.targetId, id))
      .orderBy(audit.id);
    expect(trail.map((row) => row.action)).toEqual(["batch.created", "batch.done"]);
  });

  test("never more than four calls at a time", async () => {
    await room.run(await room.create(1, 120));
    expect(room.sandbox.context.counts.potato.maxInFlight).toBeLessThanOrEqual(4);
  });

  test("two runners of one batch make exactly what was wanted", async () => {
    const id = await room.create(0, 93);
    await Promise.all([room.run(id), room.run(id), room.run(id)]);
    await room.run(id);
    expect(room.madeOf(0)).toHaveLength(93);
    expect(await room.keysOf(id)).toEqual(room.madeOf(0));
  });

  test("however many take chunks at once, together they never ask for more than was wanted", async () => {
    const id = await room.create(5, 34);
    const taken = await Promise.all(Array.from({ length: 12 }, () => claimChunk(room.as("admin"), id)));
    expect(taken.filter((one) => one.kind === "chunk")).toHaveLength(4);
    expect(await readProgress(room.db, id)).toEqual({ recorded: 0, inFlight: 34, unknown: 0, ...NONE });
    await room.db.update(operation).set({ state: "not_sent" }).where(eq(operation.batchId, id));
  });

  test("a process told to stop takes no new chunk, and another run finishes", async () => {
    const id = await room.create(3, 25);
    const stopping = new AbortController();
    stopping.abort();
    await room.run(id, { signal: stopping.signal });
    expect(room.callsFor(3)).toHaveLength(0);
    await room.run(id);
    expect(await room.keysOf(id)).toHaveLength(25);
  });
});

describe("unexpected responses", () => {
  test("more keys than asked: kept and flagged", async () => {
    await room.fault({ fault: "keys-more", match: { count: 1 }, with: { by: 2 } });
    const id = await room.create(2, 10);
    await room.run(id);
    expect((await room.rowsOf(id)).filter((row) => row.flag === "extra")).toHaveLength(2);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    const unexpected = await room.db.select().from(audit).where(eq(audit.action, "batch.unexpected_response"));
    expect(unexpected.at(-1)?.detail).toMatchObject({ asked: 10, kept: 12, extra: 2 });
  });

  test("fewer keys than asked, really: the rest is made", async () => {
    await room.fault({ fault: "keys-fewer", match: { count: 1 }, with: { by: 4 } });
    const id = await room.create(2, 20);
    await room.run(id);
    expect(await room.keysOf(id)).toHaveLength(16);
    // A wall clock that is set forward proves nothing.
    const ctx = room.as("admin", () => new Date(Date.now() + room.quiet() * 1000));
    await runBatch({ ctx, batchId: id, signal: new AbortController().signal });
    expect(await room.keysOf(id)).toHaveLength(16);
    await room.run(id, { seconds: room.quiet() + 60 });
    expect(await room.keysOf(id)).toHaveLength(20);
    expect(room.madeOf(2)).toHaveLength(20);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
  });

  test("fewer keys shown than made, and the list lags behind: the missing key is waited for, and none is made twice", async () => {
    changeOptions(room.sandbox.context.state.options, { listLagMs: 3_600_000 });
    await room.fault({ fault: "keys-fewer", match: { count: 1 }, with: { by: 1, hide: true } });
    const id = await room.create(2, 30);
    await room.run(id);
    await room.run(id, { seconds: 30 });
    expect(await readProgress(room.db, id)).toEqual({ recorded: 29, inFlight: 0, unknown: 1, ...NONE });
    expect(await room.batchOf(id)).toMatchObject({ state: "generating" });
    changeOptions(room.sandbox.context.state.options, { listLagMs: 0 });
    await room.run(id, { seconds: 60 });
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(room.madeOf(2)).toHaveLength(30);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect((await room.rowsOf(id)).filter((row) => row.recovered)).toHaveLength(1);
  });

  test("a shortfall is looked for at the pace of unknown operations, not at every nudge", async () => {
    await room.fault({ fault: "keys-fewer", match: { count: 1 }, with: { by: 1 } });
    const id = await room.create(2, 10);
    const listings = async () => {
      const [row] = await room.chunksOf(id);
      const pending = and(eq(operationReading.operationId, row?.id ?? ""), eq(operationReading.conclusion, "pending"));
      return (await room.db.select().from(operationReading).where(pending)).length;
    };
    await room.run(id);
    const [chunk] = await room.chunksOf(id);
    const ended = chunk?.endedAt?.getTime() ?? Number.NaN;
    for (const [seconds, expected] of [
      [100, 2],
      [101, 2],
      [104, 2],
      [105, 3],
    ]) {
      const ctx = room.as("admin", () => new Date(ended + (seconds ?? 0) * 1000));
      await runBatch({ ctx, batchId: id, signal: new AbortController().signal });
      expect(await listings()).toBe(expected);
    }
  });

  test("fewer keys shown than made: the others are found, none is made twice", async () => {
    await room.fault({ fault: "keys-fewer", match: { count: 1 }, with: { by: 4, hide: true } });
    const id = await room.create(2, 20);
    await room.run(id);
    expect(room.madeOf(2)).toHaveLength(20);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect((await room.rowsOf(id)).filter((row) => row.recovered)).toHaveLength(4);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
  });

  test("a key that comes twice: both rows kept, one flagged, and one more made", async () => {
    await room.fault({ fault: "keys-duplicate", match: { count: 1 }, with: { by: 1 } });
    const id = await room.create(2, 10);
    await room.run(id);
    await room.run(id, { seconds: room.quiet() });
    expect((await room.rowsOf(id)).filter((row) => row.flag === "duplicate")).toHaveLength(1);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(new Set(await room.keysOf(id)).size).toBe(10);
  });

  test("short answers again and again pause the batch instead of asking for ever", async () => {
    await room.fault({ fault: "keys-fewer", with: { by: 10 } });
    const id = await room.create(2, 40);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "short_answers" });
    expect(room.callsFor(2).length).toBeLessThanOrEqual(5);
  });
});

describe("when the upstream does not do as asked", () => {
  test("a refused login pauses the batch with its words, and it resumes on request", async () => {
    await room.fault({ fault: "login-expired-after", with: { calls: 1 } });
    const id = await room.create(4, 30);
    await room.run(id);
    const paused = await room.batchOf(id);
    expect(paused).toMatchObject({ state: "paused", pausedReason: "no_permission" });
    expect(paused.pausedDetails).toContain("登录已过期");
    const calls = room.callsFor(4).length;
    await room.run(id);
    expect(room.callsFor(4)).toHaveLength(calls);

    await room.clear();
    await resumeBatch({ ctx: operator(), input: { batchId: id } });
    await room.run(id);
    expect(await room.keysOf(id)).toEqual(room.madeOf(4));
    expect(await room.batchOf(id)).toMatchObject({ state: "done", pausedReason: null });
  });

  test("any other refusal pauses too, and nothing is made", async () => {
    await room.fault({ fault: "failure-listed" });
    const id = await room.create(4, 10);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "refused" });
    expect(room.madeOf(4)).toHaveLength(0);
  });

  test("a refusal that comes after the effect: unknown, the batch pauses with the words, and the keys are found", async () => {
    await room.fault({ fault: "refused-after-effect", match: { count: 1 } });
    const id = await room.create(4, 10);
    await room.run(id);
    expect(await room.chunksOf(id)).toMatchObject([{ state: "unknown", reason: "refusal_undecided" }]);
    const paused = await room.batchOf(id);
    expect(paused).toMatchObject({ state: "paused", pausedReason: "no_permission" });
    expect(paused.pausedDetails).toContain("登录已过期");
    await room.look(id);
    expect(await room.chunksOf(id)).toMatchObject([{ state: "applied" }]);
    await resumeBatch({ ctx: operator(), input: { batchId: id } });
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(room.madeOf(4)).toHaveLength(10);
    expect(await room.keysOf(id)).toEqual(room.madeOf(4));
  });

  test("a refusal that can't be checked is unknown and pauses with its reason; once that is mended its keys are made", async () => {
    await room.sandbox.addFaults([{ fault: "login-expired-after", match: { upstream: "potato" }, with: { calls: 1 } }]);
    const id = await room.create(4, 10);
    await room.run(id);
    expect(await room.chunksOf(id)).toMatchObject([{ state: "unknown", reason: "refusal_unchecked" }]);
    const paused = await room.batchOf(id);
    expect(paused).toMatchObject({ state: "paused", pausedReason: "no_permission" });
    expect(paused.pausedDetails).toContain("登录已过期");

    await room.clear();
    await resumeBatch({ ctx: operator(), input: { batchId: id } });
    await room.run(id);
    expect(room.madeOf(4)).toEqual([]);
    await room.look(id, room.quiet());
    expect(await room.chunksOf(id)).toMatchObject([{ state: "not_applied" }]);
    await room.run(id);
    expect(await room.keysOf(id)).toEqual(room.madeOf(4));
    expect(room.madeOf(4)).toHaveLength(10);
  });

  test("keys of other calls in flight do not contradict a refusal", async () => {
    const id = await room.create(4, 20);
    const [refused, other] = await Promise.all([claimChunk(room.as("admin"), id), claimChunk(room.as("admin"), id)]);
    if (refused.kind !== "chunk" || other.kind !== "chunk") throw new Error("nothing taken");
    const baseline = { kind: "listing" as const, found: 0, unknownKeys: 0, complete: true, newest: newestOf(4) };
    const sent = { state: "sent" as const, sentAt: new Date(), baseline };
    await room.db.update(operation).set(sent).where(eq(operation.batchId, id));
    const outcome = await potato().createKeys({ type: 4, total: 10 });
    const listed = room.sandbox.context.counts.potato.total + 1;
    const check = checkChunkRefusal(room.as("admin"), { ...refused.row, ...sent });
    await vi.waitFor(() => expect(room.sandbox.context.counts.potato.total).toBe(listed));
    await recordOutcome({ ctx: room.as("admin"), id: other.row.id, outcome, applyOutcome: recordChunk });
    expect(await check).toMatchObject({ verdict: "pending", reading: { unknownKeys: 0, complete: true } });
    await room.db.update(operation).set({ state: "refused" }).where(eq(operation.id, refused.row.id));
  });

  test("nobody there: three tries, then paused, and nothing was sent", async () => {
    await room.sandbox.addFaults([{ fault: "refuse", match: { upstream: "potato" } }]);
    const id = await room.create(4, 30);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "unreachable" });
    expect(room.callsFor(4)).toHaveLength(0);
  });

  test("incident mode pauses it before the next chunk", async () => {
    const id = await room.create(4, 10);
    await pauseWrites({ ctx: room.as("admin"), input: { reason: "对账中" } });
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "writes_paused" });
    expect(room.callsFor(4)).toHaveLength(0);
    await expect(resumeBatch({ ctx: operator(), input: { batchId: id } })).rejects.toMatchObject({ code: "paused" });
    await resumeWrites({ ctx: room.as("admin"), input: { reason: "完成" } });
    await resumeBatch({ ctx: operator(), input: { batchId: id } });
    await room.run(id);
    expect(await room.keysOf(id)).toHaveLength(10);
  });
});

test("a batch over the user's daily limit is refused whole and audited, and no key is asked for", async () => {
  const value = { ...settingDefaults.daily_limits, operator: { callsMoved: 0, cardsDestroyed: 0, keysMade: 12 } };
  await room.db.insert(setting).values({ key: "daily_limits", value });
  await room.db.delete(dailyUsage);
  const created = await Promise.allSettled([room.create(1, 12), room.create(3, 1)]);
  await room.db.delete(setting).where(eq(setting.key, "daily_limits"));
  expect(created.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const error = created.find((result) => result.status === "rejected")?.reason;
  expect(error).toMatchObject({ code: "too_many", key: "limit_keys_made", params: { limit: 12 } });
  const [entry] = await room.db.select().from(audit).where(eq(audit.action, "limit.reached")).orderBy(desc(audit.id));
  expect(entry).toMatchObject({ targetKind: "batch", outcome: "refused", detail: { measure: "keysMade", limit: 12 } });
  expect(
    await room.db
      .select()
      .from(batch)
      .where(eq(batch.id, entry?.targetId ?? "")),
  ).toEqual([]);
});

describe("a batch whose creator may not generate any more", () => {
  const creator = () => operator().actor.id ?? "";
  const mayGenerate = (changes: Partial<typeof user.$inferInsert>) =>
    room.db.update(user).set(changes).where(eq(user.id, creator()));
  afterEach(() => mayGenerate({ role: "operator", disabledAt: null }));

  test.each([
    ["is disabled", { disabledAt: new Date() }],
    ["is demoted", { role: "support" as const }],
  ])(
    "who %s: it pauses before the next chunk, and nobody can resume it until they may again",
    async (_name, changes) => {
      const id = await room.create(4, 20);
      await mayGenerate(changes);
      await room.run(id);
      expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "creator_not_allowed" });
      expect(room.callsFor(4)).toEqual([]);
      const resumed = resumeBatch({ ctx: room.as("admin"), input: { batchId: id } });
      await expect(resumed).rejects.toMatchObject({ code: "conflict", key: "batch_creator_not_allowed" });
      await mayGenerate({ role: "operator", disabledAt: null });
      await resumeBatch({ ctx: room.as("admin"), input: { batchId: id } });
      await room.run(id);
      expect(await room.keysOf(id)).toHaveLength(20);
    },
  );

  test("a chunk claimed before that is not sent", async () => {
    const id = await room.create(4, 10);
    const claim = await claimChunk(room.as("admin"), id);
    if (claim.kind !== "chunk") throw new Error(claim.kind);
    await mayGenerate({ disabledAt: new Date() });
    await expect(sendChunk(systemContext(), claim.row, null, () => {})).rejects.toMatchObject({ code: "forbidden" });
    expect(await room.chunksOf(id)).toMatchObject([{ state: "not_sent", reason: "forbidden" }]);
    expect(room.callsFor(4)).toEqual([]);
  });
});

test("a process killed in the middle: what it sent is found, and the batch ends with exactly what was wanted", async () => {
  const id = await room.create(0, 37);
  const deadInstance = randomUUID();
  await room.db
    .insert(instance)
    .values({ id: deadInstance, lockKey: 42n, startedAt: new Date(), host: "gone", pid: 1 });
  // One chunk was only taken, one was sent and its keys were made, and then nobody was there to hear it.
  const intent = await claimChunk(room.as("admin"), id);
  const sent = await claimChunk(room.as("admin"), id);
  if (intent.kind !== "chunk" || sent.kind !== "chunk") throw new Error("nothing taken");
  const baseline = { kind: "listing" as const, found: 0, unknownKeys: 0, complete: true, newest: newestOf(0) };
  await room.db.update(operation).set({ instanceId: deadInstance }).where(eq(operation.id, intent.row.id));
  await room.db
    .update(operation)
    .set({ instanceId: deadInstance, state: "sent", sentAt: new Date(), baseline })
    .where(eq(operation.id, sent.row.id));
  await makeUpstream(0, 10);

  await recoverOperations({ ctx: room.as("admin") });
  expect((await room.chunksOf(id)).map((row) => row.state).toSorted()).toEqual(["not_sent", "unknown"]);
  await room.run(id);
  expect(await room.batchOf(id)).toMatchObject({ state: "generating" });
  expect(room.madeOf(0)).toHaveLength(37);
  await room.look(id);
  expect(await room.batchOf(id)).toMatchObject({ state: "done" });
  expect(await room.keysOf(id)).toEqual(room.madeOf(0));
  expect((await room.rowsOf(id)).filter((row) => row.recovered)).toHaveLength(10);
});

const newestOf = (type: number) =>
  room.sandbox.store.keys
    .filter((key) => key.type === type)
    .slice(-20)
    .map((key) => key.id);

const makeUpstream = (type: number, total: number) => {
  const { potato, credentials } = room.sandbox;
  return fetch(`${potato}/api/createCardMy`, {
    method: "POST",
    headers: { askKey: credentials.potatoAskKey, apiUserToken: credentials.potatoUserToken },
    body: JSON.stringify({ type, total }),
  });
};
