import { createHash } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { audit } from "@/lib/db/schema";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { exportAudit } from "./export-audit";
import { type AuditEntry, recordAudit } from "./record-audit";
import { auditFilterSchema } from "./schemas";

let fixtures: UserFixtures;
let ctx: Ctx;
beforeAll(async () => {
  sharedSlot("env").value = parseEnv({ TZ_DISPLAY: "Asia/Shanghai" });
  fixtures = await openUserFixtures(new Date("2026-09-22T06:00:00.000Z"));
  ctx = fixtures.anonymous("203.0.113.5");
  await recordAudit(fixtures.db, ctx, { action: "session.refused", outcome: "refused" });
  const formula: Ctx = { ...ctx, actor: { ...ctx.actor, name: "=cmd|' /C calc'!A1" } };
  await recordAudit(fixtures.db, formula, { action: "operation.unknown", outcome: "unknown", targetId: "o1" });
});
afterAll(() => fixtures.close());

const labels = {
  header: ["number", "time", "who", "what", "code", "kind", "target", "outcome", "from", "agent", "request", "data"],
  action: (action: string) => `<${action}>`,
  outcome: (outcome: string) => outcome,
  name: (scope: string, count: number) => ["audit", scope, String(count)],
};

test("exports what the filter means, as text no sheet runs, and audits that it did", async () => {
  const record = (by: Ctx, rows: number, entry: AuditEntry) => {
    expect(rows).toBe(1);
    return recordAudit(by.db, by, entry);
  };
  const admitted: number[] = [];
  const admit = async (_: Ctx, rows: number) => void admitted.push(rows);
  const answer = await exportAudit({
    ctx,
    input: auditFilterSchema.parse({ outcome: "unknown" }),
    labels,
    admit,
    record,
  });
  expect(answer.headers.get("content-disposition")).toContain("audit_filtered_1_20260922-1400.csv");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const bytes = Buffer.from(await answer.arrayBuffer()).toString("utf8");
  const [head, line, end] = bytes.split("\r\n");
  expect(head).toBe("\ufeffnumber,time,who,what,code,kind,target,outcome,from,agent,request,data");
  expect(line).toContain(
    `,2026-09-22 14:00:00,"'=cmd|' /C calc'!A1",<operation.unknown>,operation.unknown,,o1,unknown,`,
  );
  expect(end).toBe("");
  expect(admitted).toEqual([1]);
  const [trace] = await fixtures.db.select().from(audit).where(eq(audit.action, "audit.exported"));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(trace).toMatchObject({ detail: { rows: 1, filter: { outcome: "unknown" }, sha256 } });
});

test("a filter with half of a character finds nothing, and is audited like any other", async () => {
  const input = auditFilterSchema.parse({ actor: "a\ud83d", target: "b\udc00", ip: "\ud83d" });
  const record = (by: Ctx, _: number, entry: AuditEntry) => recordAudit(by.db, by, entry);
  await exportAudit({ ctx, input, labels, admit: async () => undefined, record });
  const newest = fixtures.db.select().from(audit).where(eq(audit.action, "audit.exported")).orderBy(desc(audit.id));
  const filter = { actor: "a\ufffd", target: "b\ufffd", ip: "\ufffd" };
  expect((await newest.limit(1))[0]).toMatchObject({ detail: { rows: 0, filter } });
});
