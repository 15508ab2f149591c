import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { env } from "@/lib/core/env";
import { database } from "@/lib/db/client";
import { audit, instance, operation } from "@/lib/db/schema";
import { instanceId } from "@/lib/process/instance";
import { espai } from "@/lib/upstream";
import { type Draft, type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { DEADLINE_MS } from "@/test/support/pass-deadline";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { lockCards } from "../journal/lock-cards";
import { transitionOperation } from "../journal/transition-operation";
import { transferKind } from "../kinds/transfer/transfer-kind";
import { recoverOperations } from "./recover-operations";

const QUIET_S = 600;
let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await room.clear();
});

const recover = (now?: () => Date) => recoverOperations({ ctx: room.as("admin", now) });
const draft = () => desk.transfer(desk.card(100), desk.card(5), 30);

/** Leave an operation as a process that died left it. */
async function abandon({ id }: Draft, state: "intent" | "sent", byBoot: string, now = new Date()): Promise<void> {
  await database().db.transaction(async (tx) => {
    const intent = await transitionOperation(tx, id, "draft", "intent", { intentAt: now, instanceId: byBoot });
    if (!intent) throw new Error("not a draft");
    await lockCards(tx, id, transferKind.lockedCards(intent));
    const baseline = { kind: "balances" as const, source: 100, target: 5 };
    if (state === "sent")
      await transitionOperation(tx, id, "intent", "sent", { sentAt: now, instanceId: byBoot, baseline });
  });
}

/** Another process: its instance row, and the connection that holds its lock. */
async function otherBoot(lockKey: bigint): Promise<{ id: string; die: () => Promise<void> }> {
  const id = randomUUID();
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  await client.query("select pg_advisory_lock($1)", [lockKey.toString()]);
  await database().db.insert(instance).values({ id, lockKey, startedAt: new Date(), host: "other", pid: 1 });
  return { id, die: () => client.end() };
}

test("what a dead instance had not sent is not sent, what it had sent is unknown and then found out", async () => {
  const [early, late] = [await draft(), await draft()];
  const nobody = randomUUID();
  await abandon(early, "intent", nobody);
  await abandon(late, "sent", nobody);
  expect(await recover()).toEqual({ unknown: 1, notSent: 1 });

  expect(await desk.row(early.id)).toMatchObject({ state: "not_sent", reason: "process_died" });
  expect(await desk.held(early.id)).toBe(0);
  const unknown = await desk.row(late.id);
  expect(unknown).toMatchObject({ state: "unknown", reason: "process_died" });
  // The call may have waited for its place, and lasted, as long as its deadline each.
  expect((unknown.endedAt?.getTime() ?? 0) - (unknown.sentAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(2 * DEADLINE_MS);
  expect(await desk.held(late.id)).toBe(2);
  const trail = await database().db.select().from(audit).where(eq(audit.targetId, late.id));
  expect(trail.map((row) => row.action)).toEqual(["operation.unknown"]);
  expect(await recover()).toEqual({ unknown: 0, notSent: 0 });
  expect(await early.confirm()).toMatchObject({ state: "not_sent" });
  expect(await late.confirm()).toMatchObject({ state: "unknown" });

  await desk.look(late.id, 0);
  await desk.look(late.id, QUIET_S);
  expect(await desk.state(late.id)).toBe("not_applied");
  expect([...early.writes(), ...late.writes()]).toEqual([]);
});

test.each([2n ** 63n - 1n, -(2n ** 63n), -1n, 1n, randomBytes(8).readBigInt64BE()])(
  "an instance with the lock %s lives as long as its connection, and is dead after it",
  async (lockKey) => {
    const other = await otherBoot(lockKey);
    const theirs = await draft();
    await abandon(theirs, "sent", other.id);
    expect(await recover()).toEqual({ unknown: 0, notSent: 0 });
    await other.die();
    await expect.poll(() => recover()).toEqual({ unknown: 1, notSent: 0 });
    await desk.look(theirs.id, QUIET_S);
  },
);

test("a living instance's operations are its own, unless they stand longer than any call can last", async () => {
  const [early, late] = [await draft(), await draft()];
  const at = new Date();
  await abandon(early, "intent", instanceId(), at);
  await abandon(late, "sent", instanceId(), at);
  const later = (ms: number) => () => new Date(at.getTime() + ms);
  const longest = DEADLINE_MS + 5 * 60_000;
  expect(await recover(later(0))).toEqual({ unknown: 0, notSent: 0 });
  expect(await recover(later(longest - 1))).toEqual({ unknown: 0, notSent: 0 });
  expect(await recover(later(longest + 1))).toEqual({ unknown: 1, notSent: 1 });
  expect([await desk.state(early.id), await desk.state(late.id)]).toEqual(["not_sent", "unknown"]);
  await desk.look(late.id, QUIET_S);
});

test("several processes recovering at once do each thing once", async () => {
  const drafts = await Promise.all(Array.from({ length: 6 }, draft));
  for (const [i, each] of drafts.entries()) await abandon(each, i % 2 ? "sent" : "intent", randomUUID());
  const all = await Promise.all(Array.from({ length: 4 }, () => recover()));
  const sum = (key: "unknown" | "notSent") => all.reduce((n, each) => n + each[key], 0);
  expect(sum("unknown")).toBe(3);
  // The second one finds it not sent already, and changes nothing.
  expect(sum("notSent")).toBeGreaterThanOrEqual(3);
  for (const { id } of drafts) {
    const trail = await database().db.select().from(audit).where(eq(audit.targetId, id));
    expect(trail).toHaveLength(1);
  }
});

test.each([
  ["done", "applied", {}, []],
  // A refusal is decided with the reading that bears it out.
  ["refused", "not_applied", { fault: "failure-listed", match: { kind: "transfer" } }, ["pending"]],
] as const)(
  "an answer that comes after all (%s) decides what a recovery had made unknown",
  async (_, end, rule, check) => {
    const mine = await draft();
    if ("fault" in rule) await room.sandbox.addFaults([rule]);
    const call = holdTransfer();
    const confirmed = mine.confirm();
    await call.begun;
    await database().db.update(operation).set({ instanceId: randomUUID() }).where(eq(operation.id, mine.id));
    expect(await recover()).toEqual({ unknown: 1, notSent: 0 });
    call.release();
    expect((await confirmed).state).toBe(end);
    expect(await desk.held(mine.id)).toBe(0);
    expect(await desk.conclusions(mine.id)).toEqual(["before", end, ...check]);
    expect(mine.writes()).toHaveLength(1);
  },
);

test("an answer that contradicts a decided operation changes nothing, but is kept as evidence", async () => {
  const mine = await draft();
  const call = holdTransfer();
  const confirmed = mine.confirm();
  await call.begun;
  await database().db.update(operation).set({ instanceId: randomUUID() }).where(eq(operation.id, mine.id));
  await recover();
  await desk.look(mine.id, QUIET_S);
  expect(await desk.state(mine.id)).toBe("not_applied");
  call.release();
  expect((await confirmed).state).toBe("not_applied");
  expect(await desk.conclusions(mine.id)).toEqual(["before", "not_applied", "done"]);
});

test("an intent taken over by a recovery is not sent by the process that had it", async () => {
  const mine = await draft();
  const read = vi.spyOn(espai(), "readCardById");
  const original = read.getMockImplementation();
  const client = espai();
  const list = client.listCards;
  read.mockImplementation(async (id) => {
    await database().db.update(operation).set({ instanceId: randomUUID() }).where(eq(operation.id, mine.id));
    await recover();
    return original ? original(id) : ((await list({ id })).cards.find((each) => each.id === id) ?? null);
  });
  expect((await mine.confirm()).state).toBe("not_sent");
  expect(mine.writes()).toEqual([]);
  expect(await desk.held(mine.id)).toBe(0);
});

/** Keep the next transfer's call from going out until released. */
function holdTransfer() {
  const { transfer } = espai();
  const [begun, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  vi.spyOn(espai(), "transfer").mockImplementation(async (input) => {
    begun.resolve();
    await released.promise;
    return transfer(input);
  });
  return { begun: begun.promise, release: released.resolve };
}

test("a clock set forward while a call is out: recovery takes it over, and 'not applied' waits until it must have ended", async () => {
  const mine = await draft();
  const { transfer } = espai();
  const [begun, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  vi.spyOn(espai(), "transfer").mockImplementation(async (input) => {
    begun.resolve();
    await released.promise;
    return transfer(input);
  });
  const confirmed = mine.confirm();
  await begun.promise;
  // An hour forward: the living call seems to stand too long.
  const hour = 3_600_000;
  const ahead = (ms: number) => () => new Date(Date.now() + hour + ms);
  expect(await recover(ahead(0))).toEqual({ unknown: 1, notSent: 0 });
  // The call may still take the longest a call can; its end by the monotonic clock is unknown, so the quiet period begins after that.
  const longest = 2 * DEADLINE_MS + 5_000;
  const look = async (ms: number) => {
    room.elapse(ms);
    await transferKind.reconcile(room.as("admin", ahead(ms)), await desk.row(mine.id));
  };
  await look(QUIET_S * 1000 + 1_000);
  expect(await desk.state(mine.id)).toBe("unknown");
  await look(longest + QUIET_S * 1000 + 1_000);
  expect(await desk.state(mine.id)).toBe("not_applied");
  released.resolve();
  await confirmed;
});
