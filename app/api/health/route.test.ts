import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { GET as readMetricsRoute } from "@/app/api/metrics/route";
import { readDiskSpace } from "@/lib/core/disk-space";
import { env } from "@/lib/core/env";
import type { Role } from "@/lib/core/roles";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database } from "@/lib/db/client";
import { card, operation, session, user } from "@/lib/db/schema";
import { startUpFlags } from "@/lib/process/process-slots";
import { countUnrecorded } from "@/lib/process/unrecorded-outcomes";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { GET } from "./route";

const signedIn = vi.hoisted(() => ({ sid: "" }));
vi.mock("@/lib/web/auth/next-auth", () => ({ auth: async () => ({ user: { sid: signedIn.sid } }) }));
vi.mock("next/headers", () => ({ headers: async () => new Headers() }));

vi.mock("@/lib/core/disk-space", () => ({ readDiskSpace: vi.fn(() => null) }));

const all = { database: true, recovery: true, jobs: true };
let file: TestDatabase;

beforeAll(async () => {
  file = await createTestDatabase();
  process.env.DATABASE_URL = file.url;
});

afterAll(async () => {
  await file.drop();
});

afterEach(() => {
  startUpFlags.value = undefined;
  signedIn.sid = "";
});

async function signIn(role: Role): Promise<void> {
  const { db } = database();
  const [row] = await db
    .insert(user)
    .values({ username: `${role}-${randomUUID()}`, role })
    .returning();
  if (!row) throw new Error("no user");
  signedIn.sid = randomUUID();
  await db.insert(session).values({ id: signedIn.sid, userId: row.id, expiresAt: new Date(Date.now() + 3_600_000) });
}

const scrape = (headers: Record<string, string> = {}) => new Request("http://localhost/api/metrics", { headers });

async function health() {
  const response = await GET();
  return { status: response.status, body: await response.json() };
}

test("200 once everything is up, without details for other roles", async () => {
  startUpFlags.value = all;
  expect(await health()).toEqual({ status: 200, body: { ok: true } });
  await signIn("operator");
  expect(await health()).toEqual({ status: 200, body: { ok: true } });
});

test("an admin sees the parts", async () => {
  startUpFlags.value = all;
  await signIn("admin");
  expect(await health()).toEqual({ status: 200, body: { ok: true, ...all } });
});

test("not ok while the disk is nearly full, and still served; an admin sees the room and what is in memory only", async () => {
  startUpFlags.value = all;
  const disk = { freeBytes: 1_000, short: true };
  vi.mocked(readDiskSpace).mockReturnValue(disk);
  countUnrecorded(1);
  expect(await health()).toEqual({ status: 200, body: { ok: false } });
  await signIn("admin");
  expect(await health()).toEqual({ status: 200, body: { ok: false, ...all, disk, unrecorded: 1 } });
  countUnrecorded(-1);
  vi.mocked(readDiskSpace).mockReturnValue(null);
  expect(await health()).toEqual({ status: 200, body: { ok: true, ...all } });
});

test.each([["recovery"], ["jobs"]])("503 while %s is not up", async (part) => {
  startUpFlags.value = { ...all, [part]: false };
  expect(await health()).toEqual({ status: 503, body: { ok: false } });
});

test("503 in a process that has not started up", async () => {
  expect(await health()).toEqual({ status: 503, body: { ok: false } });
});

test("metrics are for admins, in Prometheus's format, and contain no names", async () => {
  expect((await readMetricsRoute(scrape())).status).toBe(401);
  await signIn("support");
  expect((await readMetricsRoute(scrape())).status).toBe(403);

  const now = new Date();
  await database().db.insert(card).values({ id: "a", code: "wNaa1GDw", type: '7"\n', firstSeenAt: now, readAt: now });
  await database()
    .db.insert(operation)
    .values({
      id: randomUUID(),
      kind: "generate",
      state: "unknown",
      params: { kind: "generate", keyType: 1, count: 7 },
      actorName: "lin",
      createdAt: new Date(now.getTime() - 60_000),
      expiresAt: now,
    });
  await signIn("admin");
  const response = await readMetricsRoute(scrape());
  const text = await response.text();
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect(text).toContain('cardesk_cards{type="unknown"} 1\n');
  expect(text).toContain('cardesk_operations{kind="generate",state="unknown"} 1\n');
  expect(text).toMatch(/cardesk_unknown_oldest_seconds 6\d(\.\d+)?\n/);
  expect(text).toMatch(/cardesk_upstream_breaker_open\{upstream="espai"\} 0\n/);
  expect(text).not.toContain("wNaa1GDw");
  // The format allows blank lines between metrics, and NaN (which the client writes "Nan") where nothing was measured.
  const lines = text.split("\n").filter((line) => line !== "");
  for (const line of lines) expect(line).toMatch(/^(# (HELP|TYPE) |\w+(\{.*\})? ([\d.e+-]+|Nan)$)/);
});

test("a scraper's token opens the metrics without a session; a wrong one is refused, and counted from the eleventh on", async () => {
  const before = env();
  const token = "0123456789abcdef0123456789abcdef";
  sharedSlot("env").value = { ...before, METRICS_TOKEN: token };
  const status = async (given: string) => (await readMetricsRoute(scrape({ authorization: `Bearer ${given}` }))).status;
  const wrong = async () => [await status("x"), await status(`${token}0`)];
  expect(await status(token)).toBe(200);
  for (let pair = 0; pair < 5; pair++) expect(await wrong()).toEqual([401, 401]);
  expect(await wrong()).toEqual([429, 429]);
  expect(await status(token)).toBe(200);
  sharedSlot("env").value = before;
  expect(await status(token)).toBe(401);
});

test("503 when the database is gone", async () => {
  startUpFlags.value = all;
  await database().pool.end();
  expect(await health()).toEqual({ status: 503, body: { ok: false } });
});
