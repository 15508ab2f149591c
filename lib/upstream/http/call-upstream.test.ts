import { expect, test } from "vitest";
import { answering, nowhere, serveBytes } from "@/test/support/test-server";
import { fault, type Verdict } from "../call-result";
import { callRead, callWrite, type Link } from "./call-upstream";
import { Gate } from "./limiter";
import { upstreamHealth } from "./upstream-health";

const SPEC = { method: "POST", path: "/x", headers: () => ({}), body: "{}" } as const;
const read = ({ text }: { text: string }): Verdict<string> =>
  text ? { kind: "done", data: text } : fault("not_json", "empty");

const linkTo = (baseUrl: string, overrides: Partial<Link> = {}): Link => ({
  upstream: "talkbot",
  baseUrl,
  readTimeoutMs: 1000,
  writeTimeoutMs: 1000,
  allowInsecureLoopback: true,
  secrets: [],
  gate: new Gate(),
  ...overrides,
});

test("a read tries again after a fault that passes; a write never does", async () => {
  let turn = 0;
  const { url, calls } = await answering(() => (turn++ % 2 === 0 ? { status: 503, text: "" } : "ok"));
  expect((await callRead(linkTo(url), SPEC, read)).data).toBe("ok");
  expect(calls).toHaveLength(2);
  expect(await callWrite(linkTo(url), SPEC, read)).toMatchObject({ kind: "unknown", fault: "http_status" });
  expect(calls).toHaveLength(3);
});

test("every attempt asks for headers of its own", async () => {
  let signed = 0;
  const { url, calls } = await answering(({ headers }) => (headers.sign === "1" ? { status: 503, text: "" } : "ok"));
  await callRead(linkTo(url), { ...SPEC, headers: () => ({ sign: String(++signed) }) }, read);
  expect(calls.map((call) => call.headers.sign)).toEqual(["1", "2"]);
});

test("a read answers by its deadline, whatever the upstream does", async () => {
  const link = linkTo(await serveBytes(() => {}), { readTimeoutMs: 200 });
  const started = performance.now();
  await expect(callRead(link, SPEC, read)).rejects.toMatchObject({ reason: "timeout", key: "upstream.timeout" });
  expect(performance.now() - started).toBeLessThan(1200);
});

test("behind four calls that hang, a read gives up in time and a write is not sent", async () => {
  const url = await serveBytes(() => {});
  const gate = new Gate();
  const hanging = [1, 2, 3, 4].map(() => callWrite(linkTo(url, { gate, writeTimeoutMs: 400 }), SPEC, read));
  const late = linkTo(url, { gate, readTimeoutMs: 100, writeTimeoutMs: 100 });
  await expect(callRead(late, SPEC, read)).rejects.toMatchObject({ reason: "timeout", trace: { phase: "connecting" } });
  expect(await callWrite(late, SPEC, read)).toMatchObject({ kind: "not_sent", fault: "timeout" });
  expect((await Promise.all(hanging)).map((outcome) => outcome.kind)).toEqual(Array(4).fill("unknown"));
});

test("with the breaker open, writes are refused unsent and reads say so, without a call", async () => {
  const gate = new Gate();
  const down = linkTo(await nowhere(), { gate });
  for (let i = 0; i < 5; i++)
    expect(await callWrite(down, SPEC, read)).toMatchObject({ kind: "not_sent", fault: "connection_failed" });
  const { url, calls } = await answering(() => "ok");
  const up = linkTo(url, { gate });
  expect(await callWrite(up, SPEC, read)).toMatchObject({
    kind: "not_sent",
    fault: "circuit_open",
    trace: { phase: "connecting" },
  });
  await expect(callRead(up, SPEC, read)).rejects.toMatchObject({ reason: "circuit_open", code: "upstream" });
  expect(calls).toHaveLength(0);
});

test("what the upstream itself says, even no, never opens the breaker", async () => {
  const gate = new Gate();
  const { url } = await answering(() => "no");
  const link = linkTo(url, { gate });
  for (let i = 0; i < 6; i++) {
    await callWrite(link, SPEC, () => ({ kind: "refused", reason: "not_allowed", message: "" }));
    await callWrite(link, SPEC, () => fault("unlisted_failure", ""));
  }
  expect(gate.state()).toMatchObject({ state: "closed", failuresInARow: 0 });
});

test("a judge that stumbles leaves a write unknown", async () => {
  const { url } = await answering(() => "ok");
  const stumble = () => {
    throw new TypeError("unforeseen");
  };
  expect(await callWrite(linkTo(url), SPEC, stumble)).toMatchObject({ kind: "unknown", fault: "wrong_shape" });
});

test("health remembers the last good and the last bad call", async () => {
  const { url } = await answering(() => "ok");
  await callRead(linkTo(url), SPEC, read);
  await callWrite(linkTo(await nowhere()), SPEC, read);
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
