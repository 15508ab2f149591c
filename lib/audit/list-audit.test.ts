import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { audit, card, operation, operationCard } from "@/lib/db/schema";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { listAudit } from "./list-audit";
import { recordAudit } from "./record-audit";
import { listAuditSchema } from "./schemas";
import { sealAudit } from "./seal-audit";

let fixtures: UserFixtures;
let ctx: Ctx;
beforeAll(async () => {
  sharedSlot("env").value = parseEnv({ TZ_DISPLAY: "Asia/Shanghai" });
  fixtures = await openUserFixtures();
  ctx = fixtures.anonymous("203.0.113.5");
  const by = (name: string): Ctx => ({ ...ctx, actor: { ...ctx.actor, name } });
  await recordAudit(fixtures.db, by("lin"), {
    action: "user.created",
    targetKind: "user",
    targetId: "u1",
    detail: { username: "Yan" },
  });
  await recordAudit(fixtures.db, by("lin_2"), { action: "user.disabled", targetKind: "user", targetId: "u2" });
  await recordAudit(fixtures.db, by("wang"), { action: "session.refused", outcome: "refused" });
  fixtures.advance(86_400);
  await recordAudit(fixtures.db, by("=cmd|' /C calc'!A1"), {
    action: "operation.unknown",
    outcome: "unknown",
    targetId: "o1",
  });
});
afterAll(() => fixtures.close());

const find = async (filter: object) => {
  const { rows } = await listAudit({ ctx, input: listAuditSchema.parse(filter) });
  return rows.map((row) => row.action);
};

test("lists newest first, with the whole number", async () => {
  const { rows, total } = await listAudit({ ctx, input: listAuditSchema.parse({ size: 20 }) });
  expect(total).toBe(4);
  expect(rows.map((row) => row.action)).toEqual([
    "operation.unknown",
    "session.refused",
    "user.disabled",
    "user.created",
  ]);
  expect(rows.at(-1)).toMatchObject({ at: "2026-09-21T06:00:00.000Z", ip: "203.0.113.5", detail: { username: "Yan" } });
});

test.each([
  [{ actor: "LIN" }, ["user.created"]],
  [{ actor: "lin_2" }, ["user.disabled"]],
  [{ actor: "%" }, []],
  [{ action: "user" }, ["user.disabled", "user.created"]],
  [{ action: "user.created" }, ["user.created"]],
  [{ action: "use" }, []],
  [{ target: "u2" }, ["user.disabled"]],
  [{ target: "yan" }, ["user.created"]],
  [{ outcome: "refused" }, ["session.refused"]],
  [{ from: "2026-09-22" }, ["operation.unknown"]],
  [{ to: "2026-09-21" }, ["session.refused", "user.disabled", "user.created"]],
  [{ from: "2026-09-21", to: "2026-09-22", actor: "wang" }, ["session.refused"]],
])("the filter %j finds %j", async (filter, actions) => {
  expect(await find(filter)).toEqual(actions);
});

test.each([
  { action: "user.created; drop table audit" },
  { action: "user.%" },
  { outcome: "maybe" },
  { from: "2026-02-30" },
  { page: 0 },
  { size: 1_000_000 },
  { sort: "id" },
  { card: "wang" },
  { card: "138****0000" },
])("refuses %j", (input) => {
  expect(listAuditSchema.safeParse(input).success).toBe(false);
});

describe("by card", () => {
  const phone = "13800000001";
  const code = "Qx7RmT2k";
  const own = "a".repeat(32);
  const operationId = randomUUID();
  const at = new Date();
  const keys = (...tags: string[]) => {
    const APP_KEYS = tags.map((tag) => `${tag}:${Buffer.alloc(32, tag).toString("base64")}`).join(",");
    sharedSlot("env").value = parseEnv({ TZ_DISPLAY: "Asia/Shanghai", APP_KEYS });
  };

  beforeAll(async () => {
    keys("k1");
    const { db } = fixtures;
    const known = { type: "1", balance: 10, firstSeenAt: at, readAt: at };
    await db.insert(card).values({ ...known, id: own, code, phone });
    const draft = { id: operationId, kind: "destroy" as const, state: "intent" as const, params: {} as never };
    await db.insert(operation).values({ ...draft, actorName: "lin", createdAt: at, expiresAt: at });
    await db.insert(operationCard).values({ operationId, cardId: own, role: "source", open: true });
    const record = (action: string, more: Partial<Parameters<typeof recordAudit>[2]>) =>
      recordAudit(db, ctx, { action, ...more });
    await record("card.revealed", { targetKind: "card", targetId: own });
    await record("card.looked_up", { about: { phones: [phone], codes: ["otherOne"] } });
    await record("card.exported", { about: { cards: ["b".repeat(32), own] } });
    await record("operation.done", { targetKind: "operation", targetId: operationId });
    await record("card.revealed", { targetKind: "card", targetId: "b".repeat(32) });
  });

  test.each([
    [
      "its phone, in any spelling",
      "+86 138-0000-0001",
      ["operation.done", "card.exported", "card.looked_up", "card.revealed"],
    ],
    ["its code", code, ["operation.done", "card.exported", "card.revealed"]],
    ["its id", own.toUpperCase(), ["operation.done", "card.exported", "card.revealed"]],
    ["a code that no card has", "otherOne", ["card.looked_up"]],
    ["nobody's phone", "13800000002", []],
  ])("%s finds every record about it", async (_, text, actions) => {
    expect(await find({ card: text })).toEqual(actions);
  });

  test("after a rotation too, as long as the old key is there; no phone and no code is stored", async () => {
    keys("k2", "k1");
    await recordAudit(fixtures.db, ctx, { action: "card.later", about: { phones: [phone] } });
    expect(await find({ card: phone, action: "card" })).toEqual([
      "card.later",
      "card.exported",
      "card.looked_up",
      "card.revealed",
    ]);
    const all = JSON.stringify(await fixtures.db.select().from(audit));
    expect(all).not.toContain(phone);
    expect(all).not.toContain("otherOne");
  });
});

test("a record of an operation says what it does: how much, from whom and to whom; another's target says nothing", async () => {
  const { db } = fixtures;
  const id = randomUUID();
  const side = (userName: string | null) => ({ id: "c".repeat(32), type: "1", balance: 100, userName });
  await db.insert(operation).values({
    id,
    kind: "transfer",
    state: "done",
    params: { kind: "transfer", source: side("卢梓涛"), target: side(null), amount: 100 },
    actorName: "lin",
    createdAt: ctx.now(),
    expiresAt: ctx.now(),
  });
  await recordAudit(db, ctx, { action: "operation.done", targetKind: "operation", targetId: id });
  await recordAudit(db, ctx, { action: "operation.done", targetKind: "operation", targetId: "no such id" });
  await recordAudit(db, ctx, { action: "batch.done", targetKind: "batch", targetId: id });
  const { rows } = await listAudit({ ctx, input: listAuditSchema.parse({}) });
  expect(rows.slice(0, 3).map((row) => row.operation)).toEqual([
    null,
    null,
    { kind: "transfer", amount: 100, source: "卢梓涛", target: null },
  ]);
});

test("an address finds its records, and those of its group", async () => {
  const from = (ip: string) => ({ ...ctx, ip });
  await recordAudit(fixtures.db, from("2001:db8:1:2::9"), { action: "session.refused" });
  await recordAudit(fixtures.db, from("2001:db8:1:2::/64"), { action: "access.request_refused" });
  await recordAudit(fixtures.db, from("2001:db8:1:3::9"), { action: "session.opened" });
  expect(await find({ ip: "2001:db8:1:2::9" })).toEqual(["access.request_refused", "session.refused"]);
});

test("whatever was denied is found by one filter", async () => {
  const denied = ["session.refused", "access.refused", "access.request_refused"];
  for (const action of denied) await recordAudit(fixtures.db, ctx, { action, outcome: "refused", targetId: "denied" });
  expect(await find({ outcome: "refused", target: "denied" })).toEqual(denied.toReversed());
});

test("a record has its number once it is sealed", async () => {
  sharedSlot("audit-sealed-all").value = undefined;
  await sealAudit({ ctx });
  await recordAudit(fixtures.db, ctx, { action: "test.new" });
  const { rows } = await listAudit({ ctx, input: listAuditSchema.parse({ size: 20 }) });
  expect(rows[0]).toMatchObject({ action: "test.new", seq: null });
  expect(rows[1]?.seq).toBeGreaterThan(1);
  expect(rows[1]).not.toHaveProperty("about");
});
