import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { billingReading, setting, upstreamStatus } from "@/lib/db/schema";
import { createCallGuard } from "@/lib/upstream/http/call-guard";
import { createTalkbot } from "@/lib/upstream/talkbot/client";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { pollBilling } from "./poll-billing";
import { readBilling } from "./read-billing";
import { readBillingHistory } from "./read-billing-history";

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
  await database.db.delete(setting);
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

  test("before the first there is nothing, which is not 0", async () => {
    expect(await view()).toMatchObject({ numbers: null, readAt: null, usedShare: null, error: null, warning: false });
  });

  test("of an account where nothing was bought has no share", async () => {
    answer = says({ remainingPoints: "0", points: "0", remainingAmount: "0", amount: "0" });
    await poll();
    expect((await view()).usedShare).toBeNull();
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

describe("the threshold", () => {
  const threshold = (unit: string, below: string) =>
    database.db.insert(setting).values({ key: "billing_low", value: { unit, below } });

  test.each([
    ["amount", "200.531799", false],
    ["amount", "200.5318", true],
    ["points", "2005317.99", false],
    ["points", "2005317.990001", true],
    ["amount", "0", false],
  ])("%s below %s warns: %s", async (unit, below, warning) => {
    answer = says(documented);
    await poll();
    await threshold(unit, below);
    expect(await view()).toMatchObject({ warning, low: { unit, below } });
  });
});

describe("the history", () => {
  const reading = (at: Date, remaining: bigint) => ({
    at,
    remainingPointsMicro: remaining * 10_000n,
    pointsMicro: 0n,
    remainingAmountMicro: remaining,
    amountMicro: 0n,
  });

  test("thins a month of minutes to at most 200 points and ends with the latest reading", async () => {
    const minutes = 30 * 24 * 60;
    const rows = Array.from({ length: minutes / 10 }, (_, i) =>
      reading(new Date(clock.getTime() - (minutes - 10 - i * 10) * 60_000), 210_000_000n - BigInt(i)),
    );
    await database.db.insert(billingReading).values([reading(new Date("2026-08-01T00:00:00Z"), 1n), ...rows]);
    const { points, from, to } = await readBillingHistory({ ctx: ctx() });
    expect(points).toHaveLength(200);
    expect(points.at(-1)).toEqual({
      at: "2026-09-21T06:00:00.000Z",
      remainingAmount: "209.995681",
      remainingPoints: "2099956.810000",
    });
    expect(points.map((point) => point.at)).toEqual(points.map((point) => point.at).toSorted());
    expect([from, to]).toEqual(["2026-08-22T06:00:00.000Z", "2026-09-21T06:00:00.000Z"]);
  });

  test("has no points before the first reading", async () => {
    expect((await readBillingHistory({ ctx: ctx() })).points).toEqual([]);
  });
});
