import { expect, test } from "vitest";
import { answering, fixture } from "@/test/support/test-server";
import { createCallGuard } from "../http/call-guard";
import { createPotato, type PotatoConfig } from "./client";
import { signV1, signV3 } from "./sign";

const SECRETS = {
  askKey: "canary-ask-7f3a9c51",
  userToken: "canary-token-d2e84b60",
  signSecret: "canary-sign-91ab04ce",
};
const TIME = 1675926123437;
const NONCE = "abcdefghijklmnopqrstuvwxyz012345";
const documented = (name: string) => fixture(import.meta.url, `${name}.json`);

const client = (baseUrl: string, overrides: Partial<PotatoConfig> = {}) =>
  createPotato({
    baseUrl,
    ...SECRETS,
    sign: "none",
    now: () => TIME,
    nonce: () => NONCE,
    readTimeoutMs: 60_000,
    writeTimeoutMs: 60_000,
    allowInsecureLoopback: true,
    guard: createCallGuard(),
    ...overrides,
  });

const rows = (...data: unknown[]) => JSON.stringify({ code: "200", message: "", status: true, data });

test("asks for keys as documented and brings all ten back", async () => {
  const { url, calls } = await answering(() => documented("create-answer"));
  const outcome = await client(url).createKeys({ type: 1, total: 10 });
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({
    path: "/api/createCardMy",
    headers: { askkey: SECRETS.askKey, apiusertoken: SECRETS.userToken },
  });
  expect(calls[0]?.headers).not.toHaveProperty("sign");
  expect(JSON.parse(calls[0]?.body ?? "")).toEqual(JSON.parse(documented("create-request")));
  if (outcome.kind !== "done") throw new Error(outcome.kind);
  expect(outcome.data.unreadable).toEqual([]);
  expect(outcome.data.keys).toHaveLength(10);
  expect(outcome.data.keys[0]).toEqual({
    id: "783556860021596160",
    cardStr: "BF28FAE82497C318B95BB9D0D902F251",
    type: 1,
    used: false,
    deleted: false,
    createdAt: new Date(1675926123437),
    expiresAt: null,
    device: null,
    exportState: 1,
    ip: "127.0.0.1",
  });
});

test("the trace of made keys shows none of them", async () => {
  const { url } = await answering(() => documented("create-answer"));
  const { trace } = await client(url).createKeys({ type: 1, total: 10 });
  expect(trace.body).toContain("783556860021596160");
  expect(trace.body).not.toMatch(/[0-9A-F]{32}|BF28FAE8/);
});

test("fewer, more, twice the same, odd and unreadable rows: nothing is dropped", async () => {
  const row = { id: "1", cardStr: "BF28FAE82497C318B95BB9D0D902F251", type: 1, state: 1, status: 1, createdDate: TIME };
  const { url } = await answering(() =>
    rows(row, row, { cardStr: "odd-key" }, { ...row, id: 7835568600 }, { id: "9" }, null),
  );
  const outcome = await client(url).createKeys({ type: 1, total: 2 });
  if (outcome.kind !== "done") throw new Error(outcome.kind);
  expect(outcome.data.keys.map(({ id, cardStr }) => [id, cardStr])).toEqual([
    ["1", row.cardStr],
    ["1", row.cardStr],
    [null, "odd-key"],
    ["7835568600", row.cardStr],
  ]);
  expect(outcome.data.unreadable).toEqual([
    { index: 4, id: "9", field: "cardStr" },
    { index: 5, id: null, field: "row" },
  ]);
});

test("V1 and V3 sign each call", async () => {
  const { url, calls } = await answering(() => rows());
  await client(url, { sign: "v1" }).createKeys({ type: 0, total: 3 });
  await client(url, { sign: "v3" }).createKeys({ type: 0, total: 3 });
  expect(calls[0]?.headers).toMatchObject({ time: String(TIME), sign: signV1(SECRETS.signSecret, String(TIME)) });
  expect(calls[1]?.headers).toMatchObject({
    time: String(TIME),
    nonce: NONCE,
    sign: signV3({ type: 0, total: 3 }, SECRETS.signSecret, String(TIME), NONCE),
  });
});

test.each([
  ["success", rows()],
  ["refused login", `{"code":"403","message":"登录已过期，请重新登录","status":false,"time":null,"sign":null}`],
  ["refusal without a sign field", `{"code":"500","message":"单次最多10条","status":false}`],
])("with signing on, an unsigned %s leaves a write unknown and a read without data", async (_what, text) => {
  const { url } = await answering(() => text);
  for (const sign of ["v1", "v3"] as const) {
    const signing = client(url, { sign });
    expect(await signing.createKeys({ type: 0, total: 1 })).toMatchObject({ kind: "unknown", fault: "bad_signature" });
    await expect(signing.listKeys({ page: 1, size: 10 })).rejects.toMatchObject({
      reason: "bad_signature",
      details: undefined,
    });
  }
});

test("a signed answer is believed", async () => {
  const time = TIME + 5;
  const sign = signV1(SECRETS.signSecret, String(time));
  const { url } = await answering(() =>
    JSON.stringify({ code: "200", message: "", status: true, data: [], time, sign }),
  );
  expect(await client(url, { sign: "v3" }).createKeys({ type: 0, total: 1 })).toMatchObject({ kind: "done" });
});

test("lists keys newest first, used ones with their end in Beijing time", async () => {
  const { url, calls } = await answering(() => documented("list-answer"));
  const result = await client(url).listKeys({ page: 1, size: 5000, type: 1, cardStr: "BF28", state: 0 });
  expect(JSON.parse(calls[0]?.body ?? "")).toEqual({ p: 1, s: 1000, type: 1, cardStr: "BF28", state: 0 });
  expect(result).toMatchObject({
    rows: 1,
    keys: [{ used: true, expiresAt: new Date("2023-02-22T01:22:41Z"), device: "device-1" }],
  });
});

test("no data is an empty list", async () => {
  const { url } = await answering(() => `{"code":203,"message":"暂无数据","status":false}`);
  expect(await client(url).listKeys({ page: 1, size: 10 })).toEqual({ keys: [], unreadable: [], rows: 0 });
});

test.each([0, 11, 1.5, Number.NaN])("%s keys are never asked for", async (total) => {
  const { url, calls } = await answering(() => rows());
  await expect(client(url).createKeys({ type: 0, total })).rejects.toThrow(RangeError);
  expect(calls).toHaveLength(0);
});

test.each([
  ["signed", { time: TIME, sign: signV1(SECRETS.signSecret, String(TIME)) }, "unlisted_failure"],
  ["unsigned", {}, "bad_signature"],
])("an upstream that quotes everything back, %s, gives nothing away", async (_what, signature, fault) => {
  const { url } = await answering(({ headers }) => {
    const message = `${JSON.stringify(headers)} ${SECRETS.signSecret}`;
    return JSON.stringify({ code: "500", status: false, message, ...signature });
  });
  const outcome = await client(url, { sign: "v3" }).createKeys({ type: 0, total: 1 });
  expect(outcome).toMatchObject({ kind: "unknown", fault });
  expect(JSON.stringify(outcome)).not.toContain("canary");
});

test("signing without a secret is refused before any call", () => {
  expect(() => client("http://127.0.0.1:1", { sign: "v1", signSecret: "" })).toThrow(
    expect.objectContaining({ reason: "not_configured", code: "not_configured" }),
  );
});
