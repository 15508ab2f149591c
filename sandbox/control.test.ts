import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ask } from "./ask.ts";
import { askEspai, balanceIn, DOCUMENTED_TRANSFER, SOURCE_ID, TARGET_ID } from "./callers.ts";
import { fields } from "./lab.ts";
import { type Sandbox, startSandbox } from "./start.ts";
import type { JournalRow } from "./types.ts";

let sandbox: Sandbox;
const token = "a-token";
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 50, token });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const control = (method: string, path: string, body?: unknown) =>
  ask(`${sandbox.url}/_sandbox${path}`, { method, headers: { "x-sandbox-token": token }, body });

test.each<Record<string, string>>([{}, { "x-sandbox-token": "wrong" }])(
  "with headers %j nothing is told",
  async (headers) => {
    expect(await ask(`${sandbox.url}/_sandbox/cards`, { method: "GET", headers })).toMatchObject({ status: 401 });
  },
);

test("the controls are only on the shared address", async () => {
  const reply = await ask(`${sandbox.espai}/_sandbox/state`, { method: "GET", headers: { "x-sandbox-token": token } });
  expect(reply.status).toBe(404);
});

test("state, cards and keys can be read", async () => {
  expect((await control("GET", "/state")).json).toMatchObject({ cards: 50, keys: 60, journal: 0, consumed: 0 });
  expect((await control("GET", "/cards")).json).toHaveLength(50);
  expect((await control("GET", "/keys")).json).toHaveLength(60);
});

test("the journal tells writes since a number, without any secret", async () => {
  await askEspai(sandbox, "/cdkey/transfer", DOCUMENTED_TRANSFER);
  await askEspai(sandbox, "/cdkey/list", {});
  await askEspai(sandbox, "/cdkey/transfer", { ...DOCUMENTED_TRANSFER, limit: "9999" });
  const all = await control("GET", "/journal");
  expect(all.json).toMatchObject([
    { seq: 1, kind: "transfer", params: DOCUMENTED_TRANSFER, actor: "caller", refusal: null },
    { seq: 2, kind: "transfer", refusal: "额度不足" },
  ]);
  for (const secret of Object.values(sandbox.credentials)) expect(all.text).not.toContain(secret);
  expect((await control("GET", "/journal?since=1")).json).toMatchObject([{ seq: 2 }]);
});

describe("the others", () => {
  test("end users consume, never below nothing", async () => {
    await control("POST", "/consume", { card: "wNaa1GDw", amount: 30 });
    await control("POST", "/consume", { card: TARGET_ID, amount: 1000 });
    expect([balanceIn(sandbox, SOURCE_ID), balanceIn(sandbox, TARGET_ID)]).toEqual([470, 0]);
    expect(sandbox.summary().consumed).toBe(150);
    expect(sandbox.state.journal).toMatchObject([{ actor: "consumer", kind: "consume" }, { actor: "consumer" }]);
  });

  test("a second operator transfers by the same rules, and cards are topped up", async () => {
    await control("POST", "/transfer", { from: SOURCE_ID, to: "3AoPbLSQ", amount: 100 });
    await control("POST", "/top-up", { card: TARGET_ID, amount: 5 });
    expect([balanceIn(sandbox, SOURCE_ID), balanceIn(sandbox, TARGET_ID)]).toEqual([400, 225]);
    const refused = await control("POST", "/transfer", { from: SOURCE_ID, to: TARGET_ID, amount: 401 });
    expect(refused.json).toMatchObject({ actor: "second_operator", refusal: "额度不足", changes: [] });
  });

  test("a crowd consumes at random until stopped, and nothing is lost", async () => {
    const before = sandbox.summary().balance;
    await control("POST", "/consume", { perSecond: 500, seed: 4 });
    await expect.poll(() => sandbox.state.journal.length, { interval: 5 }).toBeGreaterThan(5);
    await control("POST", "/consume", { perSecond: 0 });
    const { balance, consumed, consumer } = sandbox.summary();
    expect([balance + consumed, consumer]).toEqual([before, null]);
    const moved = (row: JournalRow) =>
      row.changes.reduce((sum, c) => sum + (c.kind === "balance" ? c.from - c.to : 0), 0);
    expect(sandbox.state.journal.reduce((sum, row) => sum + moved(row), 0)).toBe(consumed);
  });
});

test("faults can be added, replaced, listed and removed", async () => {
  await control("POST", "/faults", { id: "one", fault: "empty" });
  await control("POST", "/faults", { rules: [{ fault: "hang" }, { id: "one", fault: "reset" }] });
  expect((await control("GET", "/faults")).json).toMatchObject([{ fault: "hang" }, { id: "one", fault: "reset" }]);
  expect((await control("POST", "/faults", { replace: true, rules: [{ id: "x", fault: "drip" }] })).json).toMatchObject(
    [{ id: "x", effect: "never", match: {}, with: { ms: 200 }, matched: 0, fired: 0 }],
  );
  expect((await control("DELETE", "/faults?id=x")).json).toEqual([]);
  expect(fields((await control("GET", "/catalogue")).json).refuse).toMatchObject({ effects: ["never"] });
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
])("POST %s %j is told what is wrong", async (path, body, sentence) => {
  const reply = await control("POST", path, body);
  expect(reply).toMatchObject({ status: 400, json: { error: expect.stringContaining(sentence) } });
});

test("options change and latency is kept to", async () => {
  const reply = await control("POST", "/options", { latencyMs: { espai: 60 }, jitterMs: 0, sign: "v1" });
  expect(reply.json).toMatchObject({ latencyMs: { espai: 60, potato: 0, talkbot: 0 }, sign: "v1" });
  const start = performance.now();
  await askEspai(sandbox, "/cdkey/list", { limit: "1" });
  expect(performance.now() - start).toBeGreaterThan(55);
  expect(sandbox.summary().calls.espai).toMatchObject({ total: 1, maxInFlight: 1, inFlight: 0 });
  await control("POST", "/options", { latencyMs: 0, sign: "none" });
});

test("cards can be put, and everything reset with another seed", async () => {
  await control("POST", "/cards", [{ id: "mine", code: "MINE0000", user_phone: 13900000000, user_name: "我" }]);
  const found = await askEspai(sandbox, "/cdkey/detail", { phone: "13900000000", code: "MINE0000" });
  expect(found.json).toMatchObject({ data: { id: "mine", api_limit: 1000, type: "1" } });
  await control("POST", "/faults", { fault: "empty" });
  const reset = await control("POST", "/reset", { seed: 5, cards: 7, keys: 2 });
  expect(reset.json).toMatchObject({ seed: 5, cards: 7, keys: 2, journal: 0, faults: 0 });
});
