import { expect, test } from "vitest";
import { answering, fixture } from "@/test/support/test-server";
import { createCallGuard } from "../http/call-guard";
import { createTalkbot } from "./client";

const KEY = "canary-talkbot-7f3a9c51d2e84b60";
const documented = (name: string) => fixture(import.meta.url, `${name}.json`);

const client = (baseUrl: string) =>
  createTalkbot({
    baseUrl,
    apiKey: KEY,
    readTimeoutMs: 60_000,
    writeTimeoutMs: 60_000,
    allowInsecureLoopback: true,
    guard: createCallGuard(),
  });

const billing = (changes: Record<string, unknown>) => {
  const answer = JSON.parse(documented("billing-answer"));
  return JSON.stringify({ ...answer, data: { ...answer.data, ...changes } });
};

test("the documented bill comes exact, in micro-units", async () => {
  const { url, calls } = await answering(() => documented("billing-answer"));
  expect(await client(url).readBilling()).toEqual({
    remainingPoints: 2005317990000n,
    points: 2100000000000n,
    remainingAmount: 200531799n,
    amount: 210000000n,
  });
  expect(calls[0]).toMatchObject({ path: "/v1/billing", body: "", headers: { authorization: `Bearer ${KEY}` } });
});

test("a number for a string keeps its digits", async () => {
  const { url } = await answering(() =>
    billing({ points: 0 }).replace(`"points":0`, `"points":9007199254740993.000001`),
  );
  expect((await client(url).readBilling()).points).toBe(9007199254740993000001n);
});

test.each([
  ["missing", { amount: undefined }],
  ["null", { amount: null }],
  ["not a number", { amount: "N/A" }],
  ["finer than a micro-unit", { amount: "0.0000001" }],
])("a bill with one number %s is no bill, and never 0", async (_what, changes) => {
  const { url } = await answering(() => billing(changes));
  await expect(client(url).readBilling()).rejects.toMatchObject({ reason: "wrong_shape" });
});

test("the documented error is a refused key", async () => {
  const { url, calls } = await answering(() => documented("error-answer"));
  await expect(client(url).readBilling()).rejects.toMatchObject({
    reason: "key_refused",
    key: "upstream.key_refused",
    details: "Error request, response status: 401",
  });
  expect(calls).toHaveLength(1);
});

test.each([
  [`{"msg":"操作失败","code":500}`, "unlisted_failure"],
  [`{"msg":"操作成功。","code":200}`, "wrong_shape"],
  [`{"msg":"操作成功。","code":200,"data":[]}`, "wrong_shape"],
  [`{"result":"ok"}`, "wrong_shape"],
])("%s is %s", async (text, reason) => {
  const { url } = await answering(() => text);
  await expect(client(url).readBilling()).rejects.toMatchObject({ reason });
});

test("usage asks for page, size and day, and reads Beijing time", async () => {
  const { url, calls } = await answering(() => documented("usage-answer"));
  expect(await client(url).readUsage({ page: 1, size: 10, startDate: "2023-09-18" })).toEqual({
    rows: [
      {
        name: "gpt-3.5-turbo",
        cost: 8595n,
        completionTokens: 610,
        promptTokens: 5,
        number: 0,
        createdAt: new Date("2023-09-18T06:55:00Z"),
      },
    ],
    unreadable: [],
    total: 16,
  });
  expect(calls[0]?.path).toBe("/v1/billing/usage?pageNum=1&pageSize=10&startDate=2023-09-18");
});

test("bad usage rows are shown, and drop nothing", async () => {
  const { url } = await answering(() => `{"msg":"","code":"200","data":[null,{"name":"m","cost":"x"},{"cost":"1"}]}`);
  expect(await client(url).readUsage({ page: 1, size: 10, startDate: "2023-09-18" })).toMatchObject({
    rows: [{ name: "m", cost: null, promptTokens: null, createdAt: null }],
    unreadable: [
      { index: 0, field: "row" },
      { index: 2, field: "name" },
    ],
    total: null,
  });
});
