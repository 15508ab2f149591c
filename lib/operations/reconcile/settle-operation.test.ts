import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { MONOTONIC_AHEAD_MS, type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { getOperation } from "../read/get-operation";
import { settleSchema } from "../schemas";
import { reconcileNow } from "./reconcile-now";
import { settleOperation } from "./settle-operation";

const QUIET_S = 600;
let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(() => room.clear());

const after = async (id: string, seconds: number) => {
  const { endedAt } = await desk.row(id);
  const at = new Date((endedAt?.getTime() ?? 0) + seconds * 1000);
  room.elapse(at.getTime() - Date.now() + MONOTONIC_AHEAD_MS);
  return room.as("admin", () => at);
};

/** Readings fit both explanations: the source used up exactly as much by itself. */
async function undecidable(effect: "never" | "before" = "never") {
  const [source, target] = [desk.card(100), desk.card(50)];
  const id = await desk.unknownTransfer(source, target, 10, effect);
  room.sandbox.activity.consume(effect === "never" ? source : target, 10);
  await desk.look(id, QUIET_S);
  return { id, source, target };
}

test("an undecidable operation is settled with a reason: cards free, audited, final, not retried", async () => {
  const { id } = await undecidable();
  const ctx = await after(id, QUIET_S + 5);
  const reason = "上游客服确认没有转出";
  const view = await settleOperation({ ctx, input: { operationId: id, as: "not_applied", reason }, kinds });
  expect(view).toMatchObject({ state: "settled", settledAs: "not_applied", settledReason: reason, retryable: false });
  expect(await desk.held(id)).toBe(0);
  const [entry] = await database().db.select().from(audit).where(eq(audit.targetId, id)).orderBy(audit.id).offset(2);
  expect(entry).toMatchObject({ action: "operation.settled", actorName: "admin", outcome: "ok" });
  expect(entry?.detail).toMatchObject({ settledAs: "not_applied", settledReason: reason });
  const detail = await getOperation({ ctx, input: { operationId: id }, kinds });
  expect(detail).toMatchObject({ settledByName: "admin", needsManualResolution: null });
  const again = settleOperation({ ctx, input: { operationId: id, as: "applied", reason }, kinds });
  await expect(again).rejects.toMatchObject({ code: "conflict", key: "not_unknown" });
});

test("of two settlements at once one counts", async () => {
  const { id } = await undecidable();
  const ctx = await after(id, QUIET_S + 5);
  const both = await Promise.allSettled(
    (["applied", "not_applied"] as const).map((as) =>
      settleOperation({ ctx, input: { operationId: id, as, reason: "checked" }, kinds }),
    ),
  );
  expect(both.filter((each) => each.status === "fulfilled")).toHaveLength(1);
});

test("nothing is settled while it is being found out, or before the upstream can't act any more", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const id = await desk.unknownTransfer(source, target, 10, "never");
  const settle = async (seconds: number, as: "applied" | "not_applied") =>
    settleOperation({ ctx: await after(id, seconds), input: { operationId: id, as, reason: "checked" }, kinds });
  await expect(settle(1, "applied")).rejects.toMatchObject({ key: "still_finding_out" });
  room.sandbox.activity.topUp(source, 1);
  await desk.look(id, 0);
  await desk.look(id, 2);
  expect((await desk.row(id)).needsManualResolution).toBe("conflict");
  await expect(settle(QUIET_S - 1, "not_applied")).rejects.toMatchObject({ key: "quiet_not_over" });
  const setForward = room.as("admin", () => new Date(Date.now() + 7_200_000));
  room.elapse(0);
  const input = { operationId: id, as: "not_applied" as const, reason: "checked" };
  await expect(settleOperation({ ctx: setForward, input, kinds })).rejects.toMatchObject({ key: "quiet_not_over" });
  const { quietAt } = await getOperation({ ctx: setForward, input: { operationId: id }, kinds });
  expect(Date.parse(quietAt ?? "")).toBeGreaterThan(setForward.now().getTime());
  expect(await desk.held(id)).toBe(2);
  expect((await settle(QUIET_S - 1, "applied")).state).toBe("settled");
});

test("after a restart no time is named before which this process can't say that nothing happened", async () => {
  const id = await desk.unknownTransfer(desk.card(100), desk.card(50), 10, "never");
  const ctx = await after(id, QUIET_S - 10);
  room.beginClocks();
  const { quietAt } = await getOperation({ ctx, input: { operationId: id }, kinds });
  expect(Date.parse(quietAt ?? "")).toBe(ctx.now().getTime() + QUIET_S * 1000);
});

test("an operation with an outcome, and one that does not exist, can't be settled; a reason must be one", async () => {
  const done = await desk.transfer(desk.card(100), desk.card(50), 10);
  expect((await done.confirm()).state).toBe("done");
  const ctx = room.as("admin");
  const settle = (operationId: string) =>
    settleOperation({ ctx, input: { operationId, as: "applied", reason: "why" }, kinds });
  await expect(settle(done.id)).rejects.toMatchObject({ code: "conflict", key: "not_unknown" });
  await expect(settle("00000000-0000-4000-8000-000000000000")).rejects.toMatchObject({ code: "not_found" });
  const input = { operationId: done.id, as: "applied" };
  for (const reason of ["", "  x ", "y".repeat(501)])
    expect(settleSchema.safeParse({ ...input, reason }).success).toBe(false);
  expect(settleSchema.parse({ ...input, reason: "核对过\ud83d" }).reason).toBe("核对过\ufffd");
});

test("looking again may still decide what readings could not", async () => {
  const { id, target } = await undecidable("before");
  expect((await desk.row(id)).needsManualResolution).toBe("undecidable");
  const still = await reconcileNow({ ctx: await after(id, QUIET_S + 5), input: { operationId: id }, kinds });
  expect(still).toMatchObject({ state: "unknown", needsManualResolution: "undecidable" });
  // Users' consumption was booked wrongly and given back by the upstream.
  target.api_limit = 55;
  const found = await reconcileNow({ ctx: await after(id, QUIET_S + 9), input: { operationId: id }, kinds });
  expect(found).toMatchObject({ state: "applied", needsManualResolution: null });
  expect(await desk.held(id)).toBe(0);
});
