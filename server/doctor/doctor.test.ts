import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import journal from "@/lib/db/migrations/meta/_journal.json";
import { newestMigration } from "@/lib/doctor";
import { CHECK_SAYS } from "@/lib/doctor/types";
import words from "@/messages/en/health.json";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { outputOf } from "@/test/support/output-of";
import { lineOf } from "./line-of.ts";

let database: TestDatabase;
let upstream: Server;
let folder: string;
let secondsAhead = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-doctor-"));
  database = await createTestDatabase();
  upstream = createServer((_, answer) => {
    answer.setHeader("date", new Date(Date.now() + secondsAhead * 1000).toUTCString());
    answer.end("{}");
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  upstream.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const address = () => `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;

function run(variables: Record<string, string> = {}): Promise<{ code: number | null; output: string }> {
  const entry = fileURLToPath(new URL("doctor.ts", import.meta.url));
  const { PATH, HOME } = process.env;
  const own = { DATABASE_URL: database.url, ESPAI_BASE_URL: address(), ESPAI_API_KEY: "never-shown", PORT: "0" };
  const child = spawn(process.execPath, ["--conditions=react-server", entry], {
    env: {
      NODE_ENV: "test",
      PATH,
      HOME,
      DATA_DIR: folder,
      ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1",
      ...own,
      ...variables,
    },
  });
  return outputOf(child);
}

test("each thing in a line; what a test's database has switched off is a problem, and ends with 1", async () => {
  const { code, output } = await run();
  expect(code).toBe(1);
  expect(output).toMatch(/^FAIL {2}Durability: .*fsync.* off: a crash can lose/m);
  expect(output.split("\n").filter((line) => line.startsWith("FAIL"))).toHaveLength(1);
  expect(output).toMatch(/^ok {4}Database: PostgreSQL 18/m);
  expect(output).toMatch(/^ok {4}Schema: Up to date/m);
  expect(output).toMatch(/^ok {4}Upstream connection: ESP-AI answers over http/m);
  expect(output).toMatch(/^WARN {2}Backup: None yet. Run “npm run backup/m);
  expect(output).not.toContain("never-shown");
});

test("a clock that is off, a newer schema and an upstream that is away are problems", async () => {
  secondsAhead = 600;
  await runOn(
    database.ownerUrl,
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', ${newestMigration(journal) + 1})`,
  );
  const away = { POTATO_BASE_URL: "http://127.0.0.1:1", POTATO_ASK_KEY: "a", POTATO_USER_TOKEN: "b" };
  const { output } = await run(away);
  expect(output).toMatch(/^FAIL {2}Clock: (599|600|601) s from ESP-AI/m);
  expect(output).toMatch(/^FAIL {2}Schema: Newer/m);
  expect(output).toMatch(/^FAIL {2}Upstream connection: PotatoCloud can't be reached/m);
});

test("a bad variable is named, never its value", async () => {
  const { code, output } = await run({ SYNC_INTERVAL_SECONDS: "soon" });
  expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining("SYNC_INTERVAL_SECONDS") });
  expect(output).not.toContain("soon");
});

test("every line has its words, and there are no others", () => {
  expect(Object.keys(words.checkSays).toSorted()).toEqual(CHECK_SAYS.toSorted());
  const check = { id: "keys", state: "warn", says: "keys_stale", params: { at: "2026-11-28" } } as const;
  expect(lineOf({ ...check, upstream: "potato" })).toBe(
    "WARN  Upstream key: PotatoCloud last took the key at 2026-11-28. Is a console running?",
  );
});
