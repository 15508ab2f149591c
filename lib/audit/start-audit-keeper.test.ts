import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { recordAudit } from "./record-audit";
import { noteRefusal } from "./refusals";
import { readHead } from "./seal-audit";
import { auditKeeper, startAuditKeeper } from "./start-audit-keeper";

const parent = mkdtempSync(join(tmpdir(), "cardesk-keeper-"));
const folder = join(parent, "data");
const lines = () => readFileSync(join(folder, "audit-head.jsonl"), "utf8").split("\n").filter(Boolean).length;
let fixtures: UserFixtures;
beforeAll(async () => {
  const APP_KEYS = `k1:${Buffer.alloc(32, 1).toString("base64")}`;
  sharedSlot("env").value = parseEnv({ APP_KEYS, DATA_DIR: folder, LOG_LEVEL: "silent" });
  fixtures = await openUserFixtures();
  sharedSlot("database").value = { ...fixtures.database, patientDb: fixtures.db };
});
afterAll(async () => {
  rmSync(parent, { recursive: true, force: true });
  await fixtures.close();
});

test("a data folder that can't be written stops nothing; the head is noted when it can, and when it has moved", async () => {
  const ctx = fixtures.anonymous("203.0.113.5");
  const keeper = auditKeeper();
  await recordAudit(fixtures.db, ctx, { action: "test.one" });
  await keeper.seal();
  await keeper.note();
  mkdirSync(folder);
  await keeper.note();
  await keeper.note();
  expect(lines()).toBe(1);
  await recordAudit(fixtures.db, ctx, { action: "test.two" });
  await keeper.seal();
  await keeper.note();
  expect(lines()).toBe(2);
});

test("when it stops, what was counted is recorded, sealed and vouched for", async () => {
  const ctx = fixtures.anonymous("203.0.113.5");
  const before = (await readHead(fixtures.db))?.seq ?? 0;
  const stop = startAuditKeeper();
  await noteRefusal({ ctx, entry: { action: "access.refused", outcome: "refused" }, alone: 0 });
  await stop();
  expect(await readHead(fixtures.db)).toMatchObject({ seq: before + 1 });
  expect(lines()).toBe(3);
});
