import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { audit } from "@/lib/db/schema";
import { openPeopleRoom, type PeopleRoom } from "@/test/support/user-fixtures";
import { exportAudit } from "./export-audit";
import { listAudit } from "./list-audit";
import { recordAudit } from "./record-audit";
import { auditFilterSchema, listAuditSchema } from "./schemas";

let room: PeopleRoom;
let ctx: Ctx;
beforeAll(async () => {
  sharedSlot("env").value = parseEnv({ TZ_DISPLAY: "Asia/Shanghai" });
  room = await openPeopleRoom();
  ctx = room.anonymous("203.0.113.5");
  const by = (name: string): Ctx => ({ ...ctx, actor: { ...ctx.actor, name } });
  await recordAudit(room.db, by("lin"), {
    action: "user.created",
    targetKind: "user",
    targetId: "u1",
    detail: { username: "Yan" },
  });
  await recordAudit(room.db, by("lin_2"), { action: "user.disabled", targetKind: "user", targetId: "u2" });
  await recordAudit(room.db, by("wang"), { action: "session.refused", outcome: "refused" });
  room.wait(86_400);
  await recordAudit(room.db, by("=cmd|' /C calc'!A1"), {
    action: "operation.unknown",
    outcome: "unknown",
    targetId: "o1",
  });
});
afterAll(() => room.close());

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

test("exports what the filter means, as text no sheet runs, and audits that it did", async () => {
  const labels = {
    header: ["time", "who", "what", "code", "kind", "target", "outcome", "from", "agent", "request", "data"],
    action: (action: string) => `<${action}>`,
    outcome: (outcome: string) => outcome,
    name: (scope: string, count: number) => ["audit", scope, String(count)],
  };
  const answer = await exportAudit({ ctx, input: auditFilterSchema.parse({ outcome: "unknown" }), labels });
  expect(answer.headers.get("content-disposition")).toContain("audit_filtered_1_20260922-1400.csv");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const bytes = Buffer.from(await answer.arrayBuffer()).toString("utf8");
  const [head, line, end] = bytes.split("\r\n");
  expect(head).toBe("\ufefftime,who,what,code,kind,target,outcome,from,agent,request,data");
  expect(line).toContain(
    `2026-09-22 14:00:00,"'=cmd|' /C calc'!A1",<operation.unknown>,operation.unknown,,o1,unknown,`,
  );
  expect(end).toBe("");
  const [trace] = await room.db.select().from(audit).where(eq(audit.action, "audit.exported"));
  expect(trace).toMatchObject({ detail: { rows: 1, filter: { outcome: "unknown" } } });
});
