import { afterAll, beforeAll, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { audit } from "@/lib/db/schema";
import { onGateRefusal } from "@/lib/process/process-slots";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { auditGateRefusals, noteGateRefusal } from "./audit-gate-refusals";

let fixtures: UserFixtures;
beforeAll(async () => {
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  fixtures = await openUserFixtures();
  sharedSlot("database").value = { ...fixtures.database, patientDb: fixtures.db };
});
afterAll(() => fixtures.close());

test("what the gate refuses is in the audit: once at once, then counted", async () => {
  auditGateRefusals();
  expect(onGateRefusal.value).toBeTypeOf("function");
  const refusal = { status: 403, reason: "origin", address: "198.51.100.7" };
  for (let i = 0; i < 5_000; i++) await noteGateRefusal(refusal);
  const rows = await fixtures.db.select().from(audit);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    action: "access.request_refused",
    actorId: null,
    actorName: "anonymous",
    targetKind: "request",
    targetId: "origin",
    outcome: "refused",
    ip: "198.51.100.7",
    detail: { status: 403 },
  });
});
