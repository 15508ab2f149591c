import { expect, test, vi } from "vitest";
import { stopClock } from "@/test/support/stop-clock";
import { answering, fixture, nowhere, serveBytes } from "@/test/support/test-server";
import { onDrift } from "../drift";
import { createCallGuard } from "../http/call-guard";
import { UpstreamError } from "../upstream-error";
import { createEspai, type EspaiConfig } from "./client";

const KEY = "canary-espai-7f3a9c51d2e84b60abcd";
const documented = (name: string) => fixture(import.meta.url, `${name}.json`);
const input = (name: string): unknown => JSON.parse(documented(name));

const client = (baseUrl: string, overrides: Partial<EspaiConfig> = {}) =>
  createEspai({
    baseUrl,
    apiKey: KEY,
    readTimeoutMs: 60_000,
    writeTimeoutMs: 60_000,
    allowInsecureLoopback: true,
    guard: createCallGuard(),
    ...overrides,
  });

const row = (id: string, changes: Record<string, unknown> = {}) => ({
  ...Object(input("detail-answer")).data,
  id,
  ...changes,
});
const list = (data: unknown, totalNumber: unknown = Array.isArray(data) ? data.length : 0) =>
  JSON.stringify({ message: "请求成功", data, totalNumber, success: true });

async function thrown(promise: Promise<unknown>): Promise<UpstreamError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw new Error(`expected an UpstreamError, got ${String(error)}`);
  return error;
}

test("a list asks as documented, with both names of the nickname filter, and everything a string", async () => {
  const { url, calls } = await answering(() => documented("list-answer"));
  const { id, type, code, user_name, user_phone } = input("list-request") as Record<string, string>;
  const result = await client(`${url}/`).listCards({
    ...{ id, type, code, userName: user_name, phone: user_phone },
    ...{ balance: 423, page: 1, limit: 10 },
  });
  expect(JSON.parse(calls[0]?.body ?? "")).toEqual({ ...Object(input("list-request")), username: "琳琅" });
  expect(calls[0]).toMatchObject({
    path: "/cdkey/list",
    headers: { authorization: KEY, "content-type": "application/json" },
  });
  expect(result).toMatchObject({
    totalNumber: 1,
    rows: 1,
    unreadable: [],
    cards: [{ balance: 500, phone: "15916888888" }],
  });
});

test("a list without filters sends none, and the older address's answer reads the same", async () => {
  const { url, calls } = await answering(() => documented("legacy-list-answer"));
  expect((await client(url).listCards()).cards).toHaveLength(1);
  expect(calls[0]?.body).toBe("{}");
});

test("bad rows are shown, not dropped, and drop nothing", async () => {
  const { url } = await answering(() =>
    list([row("a"), null, { id: "b" }, row("c", { api_limit: "?" }), row("c")], "5"),
  );
  expect(await client(url).listCards()).toMatchObject({
    rows: 5,
    totalNumber: 5,
    cards: [{ id: "a" }, { id: "c", balance: null }, { id: "c", balance: 500 }],
    unreadable: [
      { index: 1, id: null, field: "row" },
      { index: 2, id: "b", field: "code" },
    ],
  });
});

test("no rows at all is an empty list; no list is an error", async () => {
  const empty = await answering(() => list([], undefined));
  expect(await client(empty.url).listCards()).toEqual({ cards: [], unreadable: [], totalNumber: 0, rows: 0, calls: 1 });
  const none = await answering(() => list(null));
  expect(await thrown(client(none.url).listCards())).toMatchObject({ reason: "wrong_shape", code: "upstream" });
});

test("a card by phone and code", async () => {
  const { url, calls } = await answering(() => documented("detail-answer"));
  const asked = input("detail-request") as { phone: string; code: string };
  expect(await client(url).getCard(asked)).toMatchObject({ id: "772868ead56c48d68fd1924aa5ec3aac", updatedAt: null });
  expect(calls[0]?.path).toBe("/cdkey/detail");
  expect(JSON.parse(calls[0]?.body ?? "")).toEqual(asked);
});

test("a card that is not the one asked for is not believed", async () => {
  const { url } = await answering(() => documented("detail-answer"));
  expect(await thrown(client(url).getCard({ phone: "15916888888", code: "wnaa1gdw" }))).toMatchObject({
    reason: "wrong_shape",
  });
  expect(await thrown(client(url).getCard({ phone: "17516888888", code: "wNaa1GDw" }))).toMatchObject({
    reason: "wrong_shape",
  });
});

test("a refused read carries the upstream's message, without the API key", async () => {
  const { url, calls } = await answering(() => `{"success":false,"message":"额度卡不存在 ${KEY}","code":500}`);
  const error = await thrown(client(url).getCard({ phone: "1", code: "x" }));
  expect(error).toMatchObject({
    code: "upstream",
    key: "upstream.card_not_found",
    reason: "card_not_found",
    details: "额度卡不存在 [secret]",
    params: { upstream: "espai" },
    trace: { phase: "complete", fault: null },
  });
  expect(JSON.stringify([error, error.message, error.stack])).not.toContain(KEY);
  expect(calls).toHaveLength(1);
});

test("a card by id: found exactly, or gone from a whole and readable answer", async () => {
  const answers = (text: string) => answering(() => text).then(({ url }) => client(url).readCardById("bb"));
  expect(await answers(list([row("abb"), row("bb", { api_limit: 3 }), row("bb", { api_limit: 3 })]))).toMatchObject({
    balance: 3,
  });
  expect(await answers(list([]))).toBeNull();
  expect(await answers(list([row("abb"), row("bbc")]))).toBeNull();
  expect(await answers(list([row("a")], 1))).toBeNull();
});

test.each([
  ["a row can't be read", list([row("a"), null])],
  ["more rows exist than came", list([row("a")], 2)],
  ["the page is full", list(Array.from({ length: 9999 }, () => ({ ...row("a") })))],
  ["two rows disagree", list([row("bb", { api_limit: 3 }), row("bb", { api_limit: 4 })])],
  ["the upstream fails", `{"success":false,"message":"系统错误:xxx","code":500}`],
])("a card is never called gone when %s", async (_why, text) => {
  const { url } = await answering(() => text);
  expect((await thrown(client(url).readCardById("bb"))).upstream).toBe("espai");
});

test("a transfer goes out as documented, once", async () => {
  const { url, calls } = await answering(() => documented("transfer-answer"));
  const outcome = await client(url).transfer({
    phone: "15916888888",
    code: "wNaa1GDw",
    targetPhone: "17516888888",
    targetCode: "3AoPbLSQ",
    amount: 10,
  });
  expect(outcome).toMatchObject({
    kind: "done",
    data: null,
    trace: { path: "/cdkey/transfer", status: 200, fault: null },
  });
  expect(calls.map((call) => JSON.parse(call.body))).toEqual([input("transfer-request")]);
});

test("a destroy is an array of one id", async () => {
  const { url, calls } = await answering(() => documented("destroy-answer"));
  expect(await client(url).destroyCard("196bd2a26e4d459f9dc7d12053a05c15")).toMatchObject({ kind: "done" });
  expect(calls.map((call) => JSON.parse(call.body))).toEqual([input("destroy-request")]);
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 53])("an amount of %s is never sent", async (amount) => {
  const { url, calls } = await answering(() => documented("transfer-answer"));
  const parties = { phone: "1", code: "a", targetPhone: "2", targetCode: "b" };
  await expect(client(url).transfer({ ...parties, amount })).rejects.toThrow(RangeError);
  expect(calls).toHaveLength(0);
});

test("a write without a usable answer is unknown, is sent once, and leaks no API key", async () => {
  const { url, calls } = await answering(() => ({ status: 502, text: `<html>${KEY}</html>` }));
  const outcome = await client(url).destroyCard("x");
  expect(outcome).toMatchObject({
    kind: "unknown",
    fault: "http_status",
    trace: { status: 502, fault: "http_status" },
  });
  expect(JSON.stringify(outcome)).not.toContain(KEY);
  expect(calls).toHaveLength(1);
});

test("a write whose connection never opened is not sent; one that timed out is unknown", async () => {
  expect(await client(await nowhere()).destroyCard("x")).toMatchObject({
    kind: "not_sent",
    fault: "connection_failed",
  });
  stopClock();
  const asked = Promise.withResolvers<void>();
  const silent = await serveBytes(() => asked.resolve());
  const outcome = client(silent, { writeTimeoutMs: 100 }).destroyCard("x");
  await asked.promise;
  vi.advanceTimersByTime(100);
  expect(await outcome).toMatchObject({ kind: "unknown", fault: "timeout" });
});

test("a refused write carries its reason", async () => {
  const { url } = await answering(() => `{"success":false,"message":"额度不足","code":500}`);
  expect(await client(url).destroyCard("x")).toMatchObject({
    kind: "refused",
    reason: "insufficient_balance",
    message: "额度不足",
  });
});

// How long that holds up the event loop depends on the machine: bench/sync-stall.ts measures it.
test("however long a list, it is read to the end, and the event loop gets its turn at least every 500 rows", async () => {
  const sample = row("", { type: "new" });
  const rows = Array.from({ length: 9_999 }, (_, i) => ({ ...sample, id: i.toString(16).padStart(32, "a") }));
  const { url } = await answering(() => list(rows));
  // Each row has one drift, and listeners are called once a turn: a batch holds what was read in one turn.
  const readAtOnce: number[] = [];
  const stop = onDrift((drifts) => readAtOnce.push(...drifts.map(({ added }) => added)));
  expect((await client(url).listCards()).cards).toHaveLength(9_999);
  await new Promise(setImmediate);
  stop();
  expect(readAtOnce.reduce((sum, count) => sum + count, 0)).toBe(9_999);
  expect(Math.max(...readAtOnce)).toBeLessThanOrEqual(500);
});
