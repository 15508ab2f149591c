import { afterAll, beforeAll, expect, test } from "vitest";
import { contractDrift } from "@/lib/db/schema";
import { recordCall } from "@/lib/upstream/http/upstream-health";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readMetrics } from "./read-metrics";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

/** Every sample by its name and labels. */
async function scrape(): Promise<Map<string, string>> {
  const text = await readMetrics({ ctx: room.as("admin") });
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(samples.map((line) => [line.slice(0, line.lastIndexOf(" ")), line.slice(line.lastIndexOf(" ") + 1)]));
}

test("calls to an upstream are a histogram in seconds, calls and failures are counters", async () => {
  const at = new Date();
  recordCall("talkbot", { fault: null, ms: 40, at });
  recordCall("talkbot", { fault: "timeout", ms: 4_000, at });
  const samples = await scrape();
  const bucket = (le: string) =>
    samples.get(`cardesk_upstream_call_duration_seconds_bucket{le="${le}",upstream="talkbot"}`);
  expect([bucket("0.05"), bucket("2.5"), bucket("5"), bucket("+Inf")]).toEqual(["1", "1", "2", "2"]);
  expect(samples.get('cardesk_upstream_call_duration_seconds_sum{upstream="talkbot"}')).toBe("4.04");
  expect(samples.get('cardesk_upstream_calls_total{upstream="talkbot"}')).toBe("2");
  expect(samples.get('cardesk_upstream_failures_total{upstream="talkbot"}')).toBe("1");
  expect(samples.get('cardesk_upstream_failures_total{upstream="espai"}')).toBe("0");
});

test("Node's standard process metrics are there", async () => {
  const samples = await scrape();
  expect(Number(samples.get("process_resident_memory_bytes"))).toBeGreaterThan(1_000_000);
  expect(Number(samples.get("process_start_time_seconds"))).toBeGreaterThan(1_600_000_000);
  expect(Number(samples.get("process_cpu_seconds_total"))).toBeGreaterThan(0);
});

test("what is not known is left out, never 0", async () => {
  const names = [...(await scrape()).keys()];
  expect(names).toContain("cardesk_ready");
  expect(names).not.toContain("cardesk_billing_remaining_amount");
  expect(names).not.toContain("cardesk_unknown_oldest_seconds");
});

test("a scrape keeps nothing of the one before", async () => {
  const now = new Date();
  const drift = { call: "/list", field: "type", what: "unknown_value", sample: '"9"', firstAt: now, lastAt: now };
  await room
    .as("admin")
    .db.insert(contractDrift)
    .values({ upstream: "espai", count: 3, ...drift });
  expect((await scrape()).get('cardesk_contract_drift_total{upstream="espai"}')).toBe("3");
  await room.as("admin").db.delete(contractDrift);
  expect([...(await scrape()).keys()].join(" ")).not.toContain("cardesk_contract_drift_total");
});
