import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fields } from "../core/fields.ts";
import { sendRequest } from "../http/send-request.ts";
import { callEspai } from "../signed-clients.ts";
import { type Sandbox, startSandbox } from "../start-sandbox.ts";
import { DOCUMENTED_TRANSFER, SOURCE_ID, TARGET_ID } from "../store/documented-cards.ts";

let sandbox: Sandbox;
const token = "a-token";
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 50, token });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const admin = (method: string, path: string, body?: unknown) =>
  sendRequest(`${sandbox.url}/_sandbox${path}`, { method, headers: { "x-sandbox-token": token }, body });
const balance = (id: string) => sandbox.store.cards.get(id)?.api_limit;

test.each<Record<string, string>>([{}, { "x-sandbox-token": "wrong" }])(
  "with headers %j it refuses",
  async (headers) => {
    const reply = await sendRequest(`${sandbox.url}/_sandbox/cards`, { method: "GET", headers });
    expect(reply).toMatchObject({ status: 401 });
  },
);

test("it is only at the shared address", async () => {
  const headers = { "x-sandbox-token": token };
  expect((await sendRequest(`${sandbox.espai}/_sandbox/state`, { method: "GET", headers })).status).toBe(404);
});

test("an unknown path names the known ones", async () => {
  const reply = await admin("GET", "/nothing");
  expect(reply).toMatchObject({ status: 404, json: { controls: expect.arrayContaining(["GET /state"]) } });
});

test("state, cards and keys can be read", async () => {
  expect((await admin("GET", "/state")).json).toMatchObject({ cards: 50, keys: 60, journal: 0, consumed: 0 });
  expect((await admin("GET", "/cards")).json).toHaveLength(50);
  expect((await admin("GET", "/keys")).json).toHaveLength(60);
});

test("the journal has all writes since a number, without any secret", async () => {
  await callEspai(sandbox, "/cdkey/transfer", DOCUMENTED_TRANSFER);
  await callEspai(sandbox, "/cdkey/list", {});
  await callEspai(sandbox, "/cdkey/transfer", { ...DOCUMENTED_TRANSFER, limit: "9999" });
  const all = await admin("GET", "/journal");
  expect(all.json).toMatchObject([
    { seq: 1, kind: "transfer", params: DOCUMENTED_TRANSFER, actor: "caller", refusal: null },
    { seq: 2, kind: "transfer", refusal: "额度不足" },
  ]);
  for (const secret of Object.values(sandbox.credentials)) expect(all.text).not.toContain(secret);
  expect((await admin("GET", "/journal?since=1")).json).toMatchObject([{ seq: 2 }]);
});

test("cards are consumed, transferred and topped up, by id or code", async () => {
  await admin("POST", "/consume", { card: "wNaa1GDw", amount: 30 });
  await admin("POST", "/transfer", { from: SOURCE_ID, to: "3AoPbLSQ", amount: 100 });
  await admin("POST", "/top-up", { card: TARGET_ID, amount: 5 });
  expect([balance(SOURCE_ID), balance(TARGET_ID)]).toEqual([370, 225]);
  const refused = await admin("POST", "/transfer", { from: SOURCE_ID, to: TARGET_ID, amount: 401 });
  expect(refused.json).toMatchObject({ actor: "second_operator", refusal: "额度不足", changes: [] });
});

test("random consumption is started and stopped, and no call is lost", async () => {
  const before = sandbox.summary().balance;
  const started = await admin("POST", "/consume", { perSecond: 500, seed: 4 });
  expect(started.json).toEqual({ running: { perSecond: 500, seed: 4 } });
  await expect.poll(() => sandbox.store.journal.length, { interval: 5 }).toBeGreaterThan(5);
  expect((await admin("POST", "/consume", { perSecond: 0 })).json).toEqual({ running: null });
  const { balance: after, consumed, consumer } = sandbox.summary();
  expect([after + consumed, consumer]).toEqual([before, null]);
});

test("faults can be added, replaced, listed and removed", async () => {
  await admin("POST", "/faults", { id: "one", fault: "empty" });
  await admin("POST", "/faults", { rules: [{ fault: "hang" }, { id: "one", fault: "reset" }] });
  expect((await admin("GET", "/faults")).json).toMatchObject([{ fault: "hang" }, { id: "one", fault: "reset" }]);
  expect((await admin("POST", "/faults", { replace: true, rules: [{ id: "x", fault: "drip" }] })).json).toMatchObject([
    { id: "x", effect: "never", match: {}, with: { ms: 200 }, matched: 0, fired: 0 },
  ]);
  expect((await admin("DELETE", "/faults?id=x")).json).toEqual([]);
  expect(fields((await admin("GET", "/catalogue")).json).refuse).toMatchObject({ effects: ["never"] });
});

test.each([
  ["/faults", { fault: "earthquake" }, "fault must be one of"],
  ["/faults", { fault: "refuse" }, "refuse needs match.upstream"],
  ["/faults", { fault: "empty", effect: "sometimes" }, "effect must be"],
  ["/faults", { fault: "empty", match: { path: "/cdkey/*" } }, "match.path must be one of"],
  ["/faults", { fault: "empty", match: { nth: -1 } }, "match.nth"],
  ["/options", { totalNumber: "both" }, "options.totalNumber"],
  ["/options", { colour: "red" }, "options.colour"],
  ["/options", { latencyMs: { moon: 1 } }, "ms by upstream"],
  ["/consume", { card: "nobody", amount: 1 }, "card must be the id or code"],
  ["/consume", { card: "wNaa1GDw", amount: 1.5 }, "amount must be"],
  ["/cards", { id: "no code" }, "a card needs id and code"],
  ["/reset", "{oops", "not JSON"],
])("POST %s %j is refused with the reason", async (path, body, sentence) => {
  const reply = await admin("POST", path, body);
  expect(reply).toMatchObject({ status: 400, json: { error: expect.stringContaining(sentence) } });
});

test("options are changed one by one", async () => {
  const reply = await admin("POST", "/options", { latencyMs: { espai: 60 }, jitterMs: 0, sign: "v1" });
  expect(reply.json).toMatchObject({ latencyMs: { espai: 60, potato: 0, talkbot: 0 }, sign: "v1" });
  expect(sandbox.context.state.options).toEqual(reply.json);
  await admin("POST", "/options", { latencyMs: 0, sign: "none" });
});

test("cards can be put, and everything reset with another seed", async () => {
  await admin("POST", "/cards", [{ id: "mine", code: "MINE0000", user_phone: 13900000000, user_name: "我" }]);
  const found = await callEspai(sandbox, "/cdkey/detail", { phone: "13900000000", code: "MINE0000" });
  expect(found.json).toMatchObject({ data: { id: "mine", api_limit: 1000, type: "1" } });
  await admin("POST", "/faults", { fault: "empty" });
  const reset = await admin("POST", "/reset", { seed: 5, cards: 7, keys: 2 });
  expect(reset.json).toMatchObject({ seed: 5, cards: 7, keys: 2, journal: 0, faults: 0 });
});
