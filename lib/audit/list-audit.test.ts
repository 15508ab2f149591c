import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { listAudit } from "./list-audit";
import { recordAudit } from "./record-audit";
import { listAuditSchema } from "./schemas";

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
  [{ actor: "LIN" }, ["user.disabled", "user.created"]],
  [{ actor: "lin_" }, ["user.disabled"]],
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
])("refuses %j", (input) => {
  expect(listAuditSchema.safeParse(input).success).toBe(false);
});
