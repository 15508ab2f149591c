import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database } from "@/lib/db/client";
import { audit, card, operation } from "@/lib/db/schema";
import { operationKinds } from "@/lib/operation-kinds";
import { claimDue } from "@/lib/runtime/reconciler";
import { espai } from "@/lib/upstream";
import { createCallGuard } from "@/lib/upstream/http/call-guard";
import type { CardRow } from "@/sandbox/store/card-row";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { transferKind } from "../kinds/transfer/transfer-kind";

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

const use = (row: CardRow, amount: number) => room.sandbox.activity.consume(row, amount);
/** What the upstream does late, at the moment of the test's choice. */
const takeEffect = (source: CardRow, target: CardRow, amount: number) =>
  room.sandbox.activity.transfer(source, target, amount);

test("a transfer that happened is found at the first look, its cards are free, the mirror has the readings", async () => {
  const [source, target] = [desk.card(100), desk.card(5)];
  const id = await desk.unknownTransfer(source, target, 30, "before");
  expect(await desk.held(id)).toBe(2);
  use(target, 4);
  await desk.look(id, 0);
  expect(await desk.state(id)).toBe("applied");
  expect(await desk.held(id)).toBe(0);
  expect(await desk.conclusions(id)).toEqual(["before", "applied"]);
  const mirrored = async (row: CardRow) =>
    (await database().db.select({ balance: card.balance }).from(card).where(eq(card.id, row.id)))[0]?.balance;
  expect([await mirrored(source), await mirrored(target)]).toEqual([70, 31]);
  const trail = await database()
    .db.select({ action: audit.action, outcome: audit.outcome })
    .from(audit)
    .where(eq(audit.targetId, id))
    .orderBy(audit.id);
  expect(trail).toEqual([
    { action: "operation.confirmed", outcome: "ok" },
    { action: "operation.unknown", outcome: "unknown" },
    { action: "operation.applied", outcome: "ok" },
  ]);
});

test("one that never happens is not applied only in a reading asked for after the quiet period", async () => {
  const id = await desk.unknownTransfer(desk.card(100), desk.card(5), 30, "never");
  for (const second of [0, 2, 5, 60, QUIET_S - 1]) expect(await desk.look(id, second)).toBe(true);
  expect(await desk.look(id, QUIET_S - 1)).toBe(false);
  expect(await desk.state(id)).toBe("unknown");
  expect(await desk.held(id)).toBe(2);
  await desk.look(id, QUIET_S);
  expect(await desk.state(id)).toBe("not_applied");
  expect(await desk.held(id)).toBe(0);
});

test("a wall clock that is set forward proves nothing: the quiet period must pass on the monotonic clock too", async () => {
  const TWO_HOURS_S = 7_200;
  const [source, target] = [desk.card(100), desk.card(5)];
  const moved = await desk.unknownTransfer(source, target, 30, "never");
  const kept = await desk.unknownDestroy(desk.card(0), "never");
  const never = await desk.unknownTransfer(desk.card(100), desk.card(5), 30, "never");
  const at = new Date(Date.now() + TWO_HOURS_S * 1000);
  const ctx = room.as("admin", () => at);
  const lookAfter = async (seconds: number) => {
    room.elapse(seconds * 1000);
    await database().db.update(operation).set({ nextReconcileAt: at }).where(eq(operation.state, "unknown"));
    for (const row of await claimDue(ctx, 1_000)) await operationKinds[row.kind].reconcile(ctx, row);
  };
  await lookAfter(2);
  expect(await Promise.all([moved, kept, never].map(desk.state))).toEqual(["unknown", "unknown", "unknown"]);
  expect(await desk.conclusions(moved)).toEqual(["before", "pending"]);

  takeEffect(source, target, 30);
  await lookAfter(QUIET_S - 30);
  expect(await Promise.all([moved, kept, never].map(desk.state))).toEqual(["applied", "unknown", "unknown"]);
  // The next reading comes when the monotonic clock lets one decide, not a minute later.
  const { nextReconcileAt } = await desk.row(never);
  expect((nextReconcileAt?.getTime() ?? 0) - at.getTime()).toBeLessThanOrEqual(30_000);
  await lookAfter(QUIET_S + 1);
  expect(await Promise.all([kept, never].map(desk.state))).toEqual(["not_applied", "not_applied"]);
});

test("a reading asked for before the end of the quiet period is not final, however late its answer comes", async () => {
  const id = await desk.unknownTransfer(desk.card(100), desk.card(5), 30, "never");
  const row = await desk.row(id);
  const asked = (row.endedAt?.getTime() ?? 0) + (QUIET_S - 1) * 1000;
  const clock = [asked, ...Array<number>(9).fill(asked + 20_000)].values();
  const slow = room.as("admin", () => new Date(clock.next().value ?? 0));
  await transferKind.reconcile(slow, row);
  expect(await desk.state(id)).toBe("unknown");
  expect(await desk.conclusions(id)).toEqual(["before", "pending"]);
});

test("users consume all the while: the baseline rolls, and a late effect is still told from consumption", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const id = await desk.unknownTransfer(source, target, 10, "never");
  for (const second of [0, 2, 5, 10, 15]) {
    use(source, 6);
    use(target, 6);
    await desk.look(id, second);
  }
  expect((await desk.row(id)).baseline).toEqual({ kind: "balances", source: 70, target: 20 });
  takeEffect(source, target, 10);
  use(source, 6);
  use(target, 6);
  await desk.look(id, 60);
  expect(await desk.state(id)).toBe("applied");
});

test("readings that fit both explanations go on to the end of the quiet period, then a person decides", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const id = await desk.unknownTransfer(source, target, 10, "never");
  use(source, 10);
  for (const second of [0, 30, QUIET_S - 1]) await desk.look(id, second);
  expect(await desk.row(id)).toMatchObject({ state: "unknown", needsManualResolution: null });
  await desk.look(id, QUIET_S);
  expect(await desk.row(id)).toMatchObject({
    state: "unknown",
    needsManualResolution: "undecidable",
    nextReconcileAt: null,
  });
  expect(await desk.held(id)).toBe(2);
  expect(await desk.look(id, 2 * QUIET_S)).toBe(false);
});

test("somebody else's doing is a conflict only when the next reading says so too", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const id = await desk.unknownTransfer(source, target, 10, "never");
  room.sandbox.activity.topUp(source, 1);
  await desk.look(id, 0);
  expect(await desk.row(id)).toMatchObject({ needsManualResolution: null });
  await desk.look(id, 2);
  expect(await desk.row(id)).toMatchObject({
    state: "unknown",
    needsManualResolution: "conflict",
    nextReconcileAt: null,
  });
});

test("a balance that is no number decides nothing; after the quiet period a person may, and the looks go on", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const id = await desk.unknownTransfer(source, target, 10, "before");
  target.api_limit = "不限";
  await desk.look(id, 0);
  expect(await desk.row(id)).toMatchObject({ state: "unknown", needsManualResolution: null });
  await desk.look(id, QUIET_S);
  const waiting = await desk.row(id);
  expect(waiting).toMatchObject({ state: "unknown", needsManualResolution: "undecidable" });
  expect(waiting.nextReconcileAt).not.toBeNull();
  target.api_limit = 60;
  await desk.look(id, QUIET_S + 61);
  expect(await desk.row(id)).toMatchObject({ state: "applied", needsManualResolution: null });
  expect(await desk.conclusions(id)).toEqual(["before", "unreadable", "unreadable", "applied"]);
});

test("a failed reading decides nothing and leaves no evidence; an upstream that stays away calls for a person", async () => {
  const id = await desk.unknownTransfer(desk.card(100), desk.card(50), 10, "before");
  const down = { fault: "non-json", match: { kind: "list" } } as const;
  await room.sandbox.addFaults([down]);
  await expect(desk.look(id, 0)).rejects.toMatchObject({ code: "upstream" });
  expect(await desk.row(id)).toMatchObject({ state: "unknown", needsManualResolution: null });
  await room.clear();
  await room.sandbox.addFaults([down]);
  await expect(desk.look(id, QUIET_S)).rejects.toMatchObject({ code: "upstream" });
  expect(await desk.row(id)).toMatchObject({ state: "unknown", needsManualResolution: "undecidable" });
  await room.clear();
  await desk.look(id, QUIET_S + 61);
  expect(await desk.row(id)).toMatchObject({ state: "applied", needsManualResolution: null });
  expect(await desk.conclusions(id)).toEqual(["before", "applied"]);
});

test("a reading our own breaker refused is no reason to ask a person; one the upstream failed is", async () => {
  const id = await desk.unknownTransfer(desk.card(100), desk.card(50), 10, "before");
  let breakerTime = 0;
  const guard = createCallGuard(() => breakerTime);
  sharedSlot("upstream-call-guards").value = { espai: guard };
  for (let i = 0; i < 5; i++) guard.breaker.begin()?.("failed");
  await expect(desk.look(id, QUIET_S)).rejects.toMatchObject({ reason: "circuit_open", retryInMs: 15_000 });
  expect(await desk.row(id)).toMatchObject({ state: "unknown", needsManualResolution: null });

  breakerTime = 15_000;
  await room.sandbox.addFaults([{ fault: "html-502", match: { kind: "list" } }]);
  await expect(desk.look(id, QUIET_S + 60)).rejects.toMatchObject({ reason: "http_status", retryInMs: null });
  expect(await desk.row(id)).toMatchObject({ state: "unknown", needsManualResolution: "undecidable" });
});

test("a destroyed card is gone by its id and from the whole list; a list in doubt never says gone", async () => {
  const row = desk.card(0);
  const id = await desk.unknownDestroy(row, "before");
  expect(room.sandbox.store.cards.has(row.id)).toBe(false);

  const unreadable = [{ index: 0, id: null, field: "row" }];
  const doubtful = [
    { cards: [], unreadable: [], totalNumber: 0, rows: 0, calls: 1 },
    { cards: [], unreadable, totalNumber: 1, rows: 1, calls: 1 },
  ];
  for (const [i, list] of doubtful.entries()) {
    vi.spyOn(espai(), "listCards").mockResolvedValue(list);
    await desk.look(id, i * 10);
    expect(await desk.state(id)).toBe("unknown");
    vi.restoreAllMocks();
  }
  // The look-up by id answers; the full list after it fails three times, retries and all.
  await room.sandbox.addFaults([{ fault: "empty", match: { kind: "list", nth: 2, count: 3 } }]);
  await expect(desk.look(id, 30)).rejects.toMatchObject({ code: "upstream" });
  expect(await desk.state(id)).toBe("unknown");
  await room.clear();

  await desk.look(id, 45);
  expect(await desk.state(id)).toBe("applied");
  expect(await desk.conclusions(id)).toEqual(["before", "undecided", "undecided", "applied"]);
  const [mirrored] = await database().db.select().from(card).where(eq(card.id, row.id));
  expect(mirrored?.goneAt).toBeInstanceOf(Date);
});

test("a card that is still listed is not destroyed so far, and not destroyed after the quiet period", async () => {
  const id = await desk.unknownDestroy(desk.card(0), "never");
  await desk.look(id, 0);
  await desk.look(id, QUIET_S - 1);
  expect(await desk.state(id)).toBe("unknown");
  await desk.look(id, QUIET_S);
  expect(await desk.state(id)).toBe("not_applied");
});

test("a look that comes back after the operation was decided changes nothing", async () => {
  const id = await desk.unknownTransfer(desk.card(100), desk.card(5), 30, "before");
  const stale = await desk.row(id);
  await desk.look(id, 0);
  await transferKind.reconcile(room.as("admin"), stale);
  expect(await desk.conclusions(id)).toEqual(["before", "applied"]);
});
