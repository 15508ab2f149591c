import { expect, test, vi } from "vitest";
import { stopClock } from "@/test/support/stop-clock";
import { answering, nowhere, serveBytes } from "@/test/support/test-server";
import { failed, type ParseResponse } from "../call-result";
import { createCallGuard } from "./call-guard";
import { callRead, callWrite, type UpstreamConfig } from "./call-upstream";
import { upstreamHealth } from "./upstream-health";

const REQUEST = { method: "POST", path: "/x", headers: () => ({}), body: "{}" } as const;
const parse: ParseResponse<string> = ({ text }) => (text ? { kind: "done", data: text } : failed("not_json", "empty"));

const configFor = (baseUrl: string, overrides: Partial<UpstreamConfig> = {}): UpstreamConfig => ({
  upstream: "talkbot",
  baseUrl,
  readTimeoutMs: 60_000,
  writeTimeoutMs: 60_000,
  allowInsecureLoopback: true,
  secrets: [],
  guard: createCallGuard(),
  ...overrides,
});

test("a read tries again after a fault that passes; a write never does", async () => {
  let turn = 0;
  const { url, calls } = await answering(() => (turn++ % 2 === 0 ? { status: 503, text: "" } : "ok"));
  expect((await callRead(configFor(url), REQUEST, parse)).data).toBe("ok");
  expect(calls).toHaveLength(2);
  expect(await callWrite(configFor(url), REQUEST, parse)).toMatchObject({ kind: "unknown", fault: "http_status" });
  expect(calls).toHaveLength(3);
});

test("every attempt asks for headers of its own", async () => {
  let signed = 0;
  const { url, calls } = await answering(({ headers }) => (headers.sign === "1" ? { status: 503, text: "" } : "ok"));
  await callRead(configFor(url), { ...REQUEST, headers: () => ({ sign: String(++signed) }) }, parse);
  expect(calls.map((call) => call.headers.sign)).toEqual(["1", "2"]);
});

test("a read answers by its deadline, whatever the upstream does", async () => {
  stopClock();
  const asked = Promise.withResolvers<void>();
  const config = configFor(await serveBytes(() => asked.resolve()), { readTimeoutMs: 200 });
  const ended = vi.fn();
  const read = expect(callRead(config, REQUEST, parse).finally(ended)).rejects.toMatchObject({
    reason: "timeout",
    key: "upstream.timeout",
  });
  await asked.promise;
  await vi.advanceTimersByTimeAsync(199);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(ended).toHaveBeenCalled();
  await read;
});

test("behind four calls that hang, a read gives up in time and a write is not sent", async () => {
  stopClock();
  const asked = [1, 2, 3, 4].map(() => Promise.withResolvers<void>());
  let calls = 0;
  const url = await serveBytes(() => asked[calls++]?.resolve());
  const guard = createCallGuard();
  const hanging = asked.map(() => callWrite(configFor(url, { guard, writeTimeoutMs: 400 }), REQUEST, parse));
  await Promise.all(asked.map(({ promise }) => promise));
  const late = configFor(url, { guard, readTimeoutMs: 100, writeTimeoutMs: 100 });
  const read = expect(callRead(late, REQUEST, parse)).rejects.toMatchObject({
    reason: "timeout",
    trace: { phase: "connecting" },
    retryInMs: 0,
  });
  const write = callWrite(late, REQUEST, parse);
  await vi.advanceTimersByTimeAsync(100);
  await read;
  expect(await write).toMatchObject({ kind: "not_sent", fault: "timeout" });
  await vi.advanceTimersByTimeAsync(300);
  expect(calls).toBe(4);
  expect((await Promise.all(hanging)).map((outcome) => outcome.kind)).toEqual(Array(4).fill("unknown"));
});

test("with the breaker open, writes are not sent and reads are refused, without a call", async () => {
  const guard = createCallGuard();
  const down = configFor(await nowhere(), { guard });
  for (let i = 0; i < 5; i++)
    expect(await callWrite(down, REQUEST, parse)).toMatchObject({ kind: "not_sent", fault: "connection_failed" });
  const { url, calls } = await answering(() => "ok");
  const up = configFor(url, { guard });
  expect(await callWrite(up, REQUEST, parse)).toMatchObject({
    kind: "not_sent",
    fault: "circuit_open",
    trace: { phase: "connecting" },
  });
  await expect(callRead(up, REQUEST, parse)).rejects.toMatchObject({
    reason: "circuit_open",
    code: "upstream",
    retryInMs: expect.closeTo(15_000, -4),
  });
  expect(calls).toHaveLength(0);
});

test("a read whose repetition the breaker refuses says what its call met, not that it was refused", async () => {
  const guard = createCallGuard();
  const down = configFor(await nowhere(), { guard });
  for (let i = 0; i < 4; i++) await callWrite(down, REQUEST, parse);
  await expect(callRead(down, REQUEST, parse)).rejects.toMatchObject({ reason: "connection_failed", retryInMs: null });
  expect(guard.breaker.state().state).toBe("open");
});

test("an answer of the upstream's own, even a refusal or failure, never opens the breaker", async () => {
  const guard = createCallGuard();
  const { url } = await answering(() => "no");
  const config = configFor(url, { guard });
  for (let i = 0; i < 6; i++) {
    await callWrite(config, REQUEST, () => ({ kind: "refused", reason: "not_allowed", message: "" }));
    await callWrite(config, REQUEST, () => failed("unlisted_failure", ""));
  }
  expect(guard.breaker.state()).toMatchObject({ state: "closed", failuresInARow: 0 });
});

test("a parser that throws leaves a write unknown", async () => {
  const { url } = await answering(() => "ok");
  const throwing = () => {
    throw new TypeError("unforeseen");
  };
  expect(await callWrite(configFor(url), REQUEST, throwing)).toMatchObject({ kind: "unknown", fault: "wrong_shape" });
});

test("health remembers the last good and the last bad call", async () => {
  const { url } = await answering(() => "ok");
  await callRead(configFor(url), REQUEST, parse);
  await callWrite(configFor(await nowhere()), REQUEST, parse);
  const health = upstreamHealth().find((each) => each.upstream === "talkbot");
  expect(health).toMatchObject({
    lastSuccessAt: expect.any(Date),
    lastFailureAt: expect.any(Date),
    lastFault: "connection_failed",
    latencyP50: expect.any(Number),
    latencyP95: expect.any(Number),
    breaker: { state: "closed" },
  });
  expect(health?.calls).toBeGreaterThan(health?.failures ?? 0);
});
