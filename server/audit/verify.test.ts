import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordAudit } from "@/lib/audit";
import { readHead, sealAudit } from "@/lib/audit/seal-audit";
import { noteHead } from "@/lib/audit-chain";
import { systemContext } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database, openDatabase } from "@/lib/db/client";
import { createTestDatabase, runOn } from "@/test/database";
import { lockDataFolder } from "../launcher/data-lock.ts";
import { loadSecrets, postgresPasswords } from "../launcher/secrets.ts";
import { grantToApp } from "../postgres/grant-to-app.ts";
import { migrate } from "../postgres/migrate.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { describeReport } from "./describe-report.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-verify-"));
  // As root, PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Three sealed records and their head. */
async function fill(url: string): Promise<void> {
  const { APP_KEYS } = loadSecrets(folder);
  sharedSlot("env").value = parseEnv({ APP_KEYS, DATA_DIR: folder, DATABASE_URL: url, LOG_LEVEL: "silent" });
  sharedSlot("database").value = openDatabase(url);
  const ctx = systemContext();
  for (const action of ["test.one", "test.two", "test.three"]) await recordAudit(ctx.db, ctx, { action });
  await sealAudit({ ctx });
  const head = await readHead(ctx.db);
  if (head) await noteHead(folder, { at: ctx.now().toISOString(), ...head });
}

function run(variables: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const entry = fileURLToPath(new URL("verify.ts", import.meta.url));
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ["--conditions=react-server", entry], {
    env: { NODE_ENV: "test", PATH, HOME, DATA_DIR: folder, DATABASE_URL: "", APP_KEYS: "", ...variables },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}

test("a database elsewhere: 0 when all is right; 1 and the number when a record was removed", async () => {
  const elsewhere = await createTestDatabase();
  await fill(elsewhere.url);
  const right = await run({ DATABASE_URL: elsewhere.url });
  expect(right).toMatchObject({ code: 0, output: expect.stringContaining("3 records, none changed") });
  // As somebody who owns the tables.
  await runOn(elsewhere.ownerUrl, "alter table audit disable trigger user");
  await runOn(elsewhere.ownerUrl, "delete from audit where action = 'test.two'");
  const wrong = await run({ DATABASE_URL: elsewhere.url });
  expect(wrong).toMatchObject({ code: 1, output: expect.stringContaining("number 2 was removed") });
  await database().pool.end();
  await elsewhere.drop();
});

test("our own database: beside a running console, and started for the check when it is stopped", async () => {
  const lock = lockDataFolder(folder);
  const postgres = await startPostgres({
    folder,
    passwords: postgresPasswords(loadSecrets(folder)),
    settings: { fsync: "off" },
  });
  await migrate(postgres.ownerUrl);
  await grantToApp(postgres.ownerUrl, postgres.url);
  await fill(postgres.url);
  expect(await run({})).toMatchObject({ code: 0, output: expect.stringContaining("3 records") });
  await database().pool.end();
  await postgres.stop();
  lock.release();
  expect(await run({})).toMatchObject({ code: 0, output: expect.stringContaining("3 records") });
});

test("a folder without data gets none, and says so", async () => {
  expect(await run({})).toMatchObject({ code: 1, output: expect.stringContaining("holds no data of Cardesk") });
});

test("a report without heads says what it can't tell", () => {
  const report = { fault: null, checked: 9, provenFrom: { seq: 4, at: "2026-09-21T06:00:00.000Z" }, waiting: 2 };
  expect(describeReport({ ...report, heads: null })).toMatchInlineSnapshot(`
    "The audit is as it was written: 9 records, none changed, removed or added.
    Records before number 4 (2026-09-21T06:00:00.000Z) are as they were when the chain began.
    2 more are of the last moments and have no number yet.
    There is no audit-head.jsonl in the data folder: it can't be told whether the last records were cut off."
  `);
});
