import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { metricsRegistry } from "@/lib/core/metrics-registry";
import { database } from "@/lib/db/client";
import { batch, card, contractDrift, operation, setting, syncRun, upstreamStatus } from "@/lib/db/schema";
import { measureRequests } from "@/lib/runtime/measure-requests";
import { callDuration } from "@/lib/upstream/http/call-duration";
import { recordCall } from "@/lib/upstream/http/upstream-health";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readMetrics } from "./read-metrics";
import { forgetStoredCounts } from "./read-stored-counts";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());
beforeEach(forgetStoredCounts);
afterEach(() => vi.restoreAllMocks());

/** Every sample by its name and labels. */
async function scrape(): Promise<Map<string, string>> {
  const samples = (await readMetrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(samples.map((line) => [line.slice(0, line.lastIndexOf(" ")), line.slice(line.lastIndexOf(" ") + 1)]));
}

const PHONE = "15912345678";
const CODE = "wNaa1GDw";
const NAME = "王小明";
const OPERATION = "6f1ff0f0-0000-4000-8000-000000000001";

/** Rows of every kind that is counted, full of what must not come out. */
async function fill(): Promise<void> {
  const { db } = database();
  const now = new Date();
  const old = new Date(now.getTime() - 20 * 60_000);
  await db.insert(card).values([
    { id: "c-777", code: CODE, type: "2", phone: PHONE, userName: NAME, firstSeenAt: now, readAt: now },
    { id: "c-778", code: `${CODE}2`, type: PHONE, firstSeenAt: now, readAt: now },
  ]);
  await db.insert(operation).values({
    id: OPERATION,
    kind: "destroy",
    state: "unknown",
    params: {
      kind: "destroy",
      card: { id: "c-777", userName: NAME, type: "2", balance: { unlimited: false, calls: 1 } },
    } as never,
    actorName: NAME,
    note: PHONE,
    upstreamMessage: CODE,
    createdAt: old,
    sentAt: old,
    expiresAt: now,
    needsManualResolution: "undecidable",
  });
  const batchRow = {
    id: OPERATION,
    keyType: 1,
    wanted: 1,
    note: NAME,
    createdByName: NAME,
    createdAt: now,
    updatedAt: now,
  };
  await db.insert(batch).values({ ...batchRow, state: "done" });
  const drift = { call: "/list", field: PHONE, what: "unknown_value", sample: CODE, firstAt: now, lastAt: now };
  await db.insert(contractDrift).values([
    { upstream: "espai", count: 3, ...drift },
    { upstream: PHONE, count: 1, ...drift },
  ]);
  await db.insert(syncRun).values({ startedAt: old, finishedAt: now, state: "done", trigger: "start", full: true });
  await db.insert(upstreamStatus).values([
    { source: "espai.cards", lastPolledAt: now, lastSuccessAt: now, errorDetails: PHONE },
    { source: PHONE, lastPolledAt: now, lastSuccessAt: now },
  ]);
  await db.insert(setting).values({ key: "last_backup", value: { takenAt: now.toISOString() }, updatedAt: now });
  callDuration().observe({ upstream: "espai", endpoint: "/cdkey/list", outcome: "done" }, 0.04);
  measureRequests();
}

test("calls to an upstream are a histogram in seconds, calls and failures are counters", async () => {
  const at = new Date();
  recordCall("talkbot", { fault: null, ms: 40, at });
  recordCall("talkbot", { fault: "timeout", ms: 4_000, at });
  const labels = { upstream: "talkbot", endpoint: "/v1/billing" } as const;
  callDuration().observe({ ...labels, outcome: "done" }, 0.04);
  callDuration().observe({ ...labels, outcome: "timeout" }, 4);
  const samples = await scrape();
  const bucket = (le: string, outcome: string) =>
    samples.get(
      `cardesk_upstream_call_duration_seconds_bucket{le="${le}",upstream="talkbot",endpoint="/v1/billing",outcome="${outcome}"}`,
    );
  expect([bucket("0.05", "done"), bucket("2.5", "timeout"), bucket("5", "timeout")]).toEqual(["1", "0", "1"]);
  expect(samples.get('cardesk_upstream_calls_total{upstream="talkbot"}')).toBe("2");
  expect(samples.get('cardesk_upstream_failures_total{upstream="talkbot"}')).toBe("1");
  expect(samples.get('cardesk_upstream_failures_total{upstream="espai"}')).toBe("0");
});

test("Node's standard process metrics are there", async () => {
  const samples = await scrape();
  expect(Number(samples.get("process_resident_memory_bytes"))).toBeGreaterThan(1_000_000);
  expect(Number(samples.get("process_start_time_seconds"))).toBeGreaterThan(1_600_000_000);
  expect([...samples.keys()]).toEqual(
    expect.arrayContaining(["nodejs_eventloop_lag_p99_seconds", "process_cpu_seconds_total"]),
  );
});

test("what is not known is left out, never 0", async () => {
  const names = [...(await scrape()).keys()];
  expect(names).toContain("cardesk_ready");
  expect(names).not.toContain("cardesk_billing_remaining_amount");
  expect(names).not.toContain("cardesk_unknown_oldest_seconds");
  expect(names).not.toContain("cardesk_backup_timestamp_seconds");
});

test("a frozen database is no hanging scrape: it answers what it has, asks once, and says that the database is not up", async () => {
  const frozen = Promise.withResolvers<never>();
  const query = vi.spyOn(database().pool, "query").mockImplementation(() => frozen.promise);
  const [samples] = await Promise.all([scrape(), scrape(), scrape()]);
  expect(samples.get("cardesk_database_up")).toBe("0");
  expect(samples.get("cardesk_ready")).toBe("0");
  expect(samples.has("process_resident_memory_bytes")).toBe(true);
  expect([...samples.keys()].join(" ")).not.toMatch(/cardesk_(cards|operations|batches|jobs)/);
  expect(query).toHaveBeenCalledTimes(2);
  frozen.reject(new Error("gone"));
  query.mockRestore();
  await expect.poll(async () => (await scrape()).get("cardesk_database_up")).toBe("1");
});

test("of many scrapes in a few seconds the database sees one", async () => {
  const query = vi.spyOn(database().pool, "query");
  await scrape();
  await scrape();
  expect(query).toHaveBeenCalledTimes(2);
});

test("a filled database names nobody: no label holds a phone, a code, a name or an id of a card or an operation", async () => {
  await fill();
  forgetStoredCounts();
  const samples = await scrape();
  const text = [...samples.keys()].join("\n");
  for (const secret of [PHONE, CODE, NAME, "c-777", OPERATION]) expect(text).not.toContain(secret);
  expect(samples.get('cardesk_cards{type="unknown"}')).toBe("1");
  expect(samples.get("cardesk_operations_unknown_overdue")).toBe("1");
  expect(samples.get("cardesk_operations_manual_resolution")).toBe("1");
  expect(Number(samples.get("cardesk_unknown_oldest_seconds"))).toBeGreaterThan(1_190);
  expect(samples.get('cardesk_contract_drift_total{upstream="espai"}')).toBe("3");
  // Labels are of a list; a new one is a decision.
  const used = new Set([...text.matchAll(/[{,]([a-z_]+)="/g)].map(([, name]) => name));
  const known = [
    "endpoint",
    "host",
    "instance_id",
    "queue",
    "kind",
    "le",
    "node",
    "outcome",
    "source",
    "space",
    "state",
  ];
  const others = ["type", "upstream", "version", "major", "minor", "patch", "quantile", "method", "route", "status"];
  expect([...used].filter((name) => name && ![...known, ...others].includes(name))).toEqual([]);
});

test("names follow Prometheus's conventions, and each has a help line", async () => {
  const metrics = await metricsRegistry().getMetricsAsJSON();
  expect(metrics.every(({ help }) => help)).toBe(true);
  const types = [...(await readMetrics()).matchAll(/^# TYPE (\w+) (\w+)$/gm)];
  for (const [, name, type] of types) expect([name, name?.endsWith("_total")]).toEqual([name, type === "counter"]);
});

test("every metric in the rules and on the dashboard is one the console has", async () => {
  await fill().catch(() => undefined);
  forgetStoredCounts();
  const source = readFileSync(join(import.meta.dirname, "read-metrics.ts"), "utf8");
  const served = new Set([...(await readMetrics()).matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
  const has = (name: string) =>
    served.has(name) || served.has(name.replace(/_(bucket|sum|count)$/, "")) || source.includes(`"${name}"`);
  const named = ["deploy/prometheus/rules.yml", "deploy/grafana/cardesk.json"].flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\b(?:cardesk|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name),
  );
  expect(named.length).toBeGreaterThan(30);
  expect([...new Set(named)].filter((name) => !has(name))).toEqual([]);
});
