import { afterAll, beforeAll, expect, test } from "vitest";
import { fields } from "../core/fields.ts";
import { sendRequest } from "../http/send-request.ts";
import { callTalkbot } from "../signed-clients.ts";
import { type Sandbox, startSandbox } from "../start-sandbox.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 0 });
});
afterAll(() => sandbox.close());

test("billing is decimal text with six places", async () => {
  const { json } = await callTalkbot(sandbox, "/v1/billing");
  const decimal = expect.stringMatching(/^\d+\.\d{6}$/);
  expect(json).toEqual({
    msg: "操作成功。",
    code: 200,
    data: { remainingPoints: decimal, points: "2100000.000000", remainingAmount: decimal, amount: "210.000000" },
  });
});

test("a missing or wrong key is the documented error", async () => {
  const refused = { status: 200, json: { msg: "Error request, response status: 401", code: 401 } };
  expect(await sendRequest(`${sandbox.talkbot}/v1/billing`, { method: "GET" })).toMatchObject(refused);
  const headers = { authorization: sandbox.credentials.talkbotKey };
  expect(await sendRequest(`${sandbox.talkbot}/v1/billing`, { method: "GET", headers })).toMatchObject(refused);
});

test("usage pages over more than 30 days, newest first, from a day on", async () => {
  const first = fields(
    (await callTalkbot(sandbox, "/v1/billing/usage?pageNum=1&pageSize=10&startDate=2020-01-01")).json,
  );
  expect(first).toMatchObject({ code: 200, msg: "操作成功。" });
  expect(Number(first.total)).toBeGreaterThan(30 * 60);
  const rows = first.data as Record<string, string>[];
  expect(rows.length).toBe(10);
  expect(rows[0]).toEqual({
    name: expect.any(String),
    cost: expect.stringMatching(/^\d+\.\d{6}$/),
    completionTokens: expect.stringMatching(/^\d+$/),
    promptTokens: expect.stringMatching(/^\d+$/),
    number: "0",
    createTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  });
  const times = rows.map((row) => row.createTime);
  expect(times).toEqual([...times].sort().reverse());
  const day = String(times[0]).slice(0, 10);
  const today = fields((await callTalkbot(sandbox, `/v1/billing/usage?pageNum=1&pageSize=500&startDate=${day}`)).json);
  expect((today.data as Record<string, string>[]).every((row) => String(row.createTime) >= day)).toBe(true);
  expect(Number(today.total)).toBeLessThan(Number(first.total));
});

test("usage needs all three parameters", async () => {
  const reply = await callTalkbot(sandbox, "/v1/billing/usage?pageNum=1&pageSize=10");
  expect(reply.json).toEqual({ msg: "缺失参数:startDate", code: 500 });
});
