import { expect, test, vi } from "vitest";
import { answering } from "@/test/support/test-server";
import type { ParseResponse } from "../call-result";
import { acquirePermit, createCallGuard } from "./call-guard";
import { callWrite, type UpstreamConfig } from "./call-upstream";

/* A process or machine that was suspended: what it was about to send may have been taken over, decided and repeated by now. */

const REQUEST = { method: "POST", path: "/x", headers: () => ({}), body: "{}" } as const;
const parse: ParseResponse<string> = ({ text }) => ({ kind: "done", data: text });
const guard = createCallGuard();
const configOf = (baseUrl: string, writeTimeoutMs: number): UpstreamConfig => ({
  upstream: "talkbot",
  baseUrl,
  readTimeoutMs: writeTimeoutMs,
  writeTimeoutMs,
  allowInsecureLoopback: true,
  secrets: [],
  guard,
});

test("a write that gets its slot after its deadline, before its own timer could say so, is not sent", async () => {
  const { url, calls } = await answering(() => "ok");
  const permits = await Promise.all([1, 2, 3, 4].map(() => acquirePermit(guard, "write", 0)));
  const write = callWrite(configOf(url, 200), REQUEST, parse);
  expect(guard.limiter.waiting).toBe(1);
  // Nothing of this process runs for longer than the deadline; then the running calls end first.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  for (const permit of permits) if (typeof permit !== "string") permit.release("answered");
  expect(await write).toMatchObject({ kind: "not_sent", fault: "timeout" });
  expect(calls).toHaveLength(0);
});

test("a write whose connection opens after its deadline by the wall clock is not sent: the monotonic one stood still", async () => {
  const { url, calls } = await answering(() => "ok");
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    const write = callWrite(configOf(url, 60_000), REQUEST, parse);
    vi.setSystemTime(Date.now() + 20 * 60_000);
    expect(await write).toMatchObject({ kind: "not_sent", fault: "timeout" });
    expect(calls).toHaveLength(0);
  } finally {
    vi.useRealTimers();
  }
});
