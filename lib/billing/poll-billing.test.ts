import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { sharedSlot } from "@/lib/core/shared-slot";
import { type Database, openDatabase } from "@/lib/db/client";
import { billingReading, upstreamStatus } from "@/lib/db/schema";
import { createCallGuard } from "@/lib/upstream/http/call-guard";
import { createTalkbot } from "@/lib/upstream/talkbot/client";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { pollBilling } from "./poll-billing";
import { readBilling } from "./read-billing";

let file: TestDatabase;
let database: Database;
let server: Server;
let answer: { status: number; body: string };
let clock: Date;

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 4);
  server = createServer((_request, response) => {
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await database.pool.end();
  await file.drop();
});

beforeEach(async () => {
  await database.db.delete(billingReading);
  await database.db.delete(upstreamStatus);
  clock = new Date("2026-09-21T06:00:00.000Z");
});

const ctx = (): Ctx => ({
  actor: SYSTEM,
  requestId: "r1",
  ip: null,
  userAgent: null,
  now: () => clock,
  db: database.db,
});

const source = () =>
  createTalkbot({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: "test-key",
    readTimeoutMs: 5_000,
    writeTimeoutMs: 5_000,
    allowInsecureLoopback: true,
    guard: createCallGuard(),
  });

/** The documented example. */
const documented = {
  remainingPoints: "2005317.990000",
  points: "2100000.000000",
  remainingAmount: "200.531799",
  amount: "210.000000",
};
const says = (data: object) => ({ status: 200, body: JSON.stringify({ msg: "操作成功。", code: 200, data }) });
const poll = () => pollBilling({ ctx: ctx(), source });
const view = () => readBilling({ ctx: ctx() });
const later = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1000);
};

describe("a reading", () => {
  test("is kept and shown to the last digit", async () => {
    answer = says(documented);
    await poll();
    expect(await view()).toMatchObject({
      numbers: documented,
      readAt: "2026-09-21T06:00:00.000Z",
      usedShare: 0.045,
      error: null,
      stale: false,
      warning: false,
    });
  });

  test("survives sizes no float could hold", async () => {
    const numbers = { ...documented, remainingPoints: "9007199254740.993001", points: "9007199254740.993003" };
    answer = says(numbers);
    await poll();
    expect((await view()).numbers).toEqual(numbers);
  });
});

describe("a failed query", () => {
  test.each([
    ["a wrong key", { status: 200, body: '{"msg":"Error request, response status: 401","code":401}' }, "key_refused"],
    ["a proxy's page", { status: 502, body: "<html>bad gateway</html>" }, "http_status"],
    ["half a bill", says({ ...documented, amount: undefined }), "wrong_shape"],
    ["a number in words", says({ ...documented, amount: "many" }), "wrong_shape"],
    ["a number past what is stored", says({ ...documented, points: "99999999999999.000000" }), "wrong_shape"],
  ])("%s keeps the last good reading, with its age and the reason", async (_name, bad, reason) => {
    answer = says(documented);
    await poll();
    later(100);
    answer = bad;
    await poll();
    expect(await view()).toMatchObject({
      numbers: documented,
      readAt: "2026-09-21T06:00:00.000Z",
      lastPolledAt: "2026-09-21T06:01:40.000Z",
      stale: false,
      error: { key: `upstream.${reason}` },
    });
    later(100);
    expect((await view()).stale).toBe(true);
    // Of a console that has only just begun nothing is late.
    const process = sharedSlot<{ startedAt: Date }>("instance");
    process.value = { startedAt: clock };
    expect((await view()).stale).toBe(false);
    process.value = undefined;
  });

  test("is forgotten by the next good one", async () => {
    answer = { status: 200, body: '{"msg":"Error request, response status: 401","code":401}' };
    await poll();
    expect(await view()).toMatchObject({ numbers: null, error: { key: "upstream.key_refused" } });
    answer = says(documented);
    await poll();
    expect(await view()).toMatchObject({ numbers: documented, error: null });
  });
});
