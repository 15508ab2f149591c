import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fields } from "../core/fields.ts";
import { callEspai, callPotato, callTalkbot } from "../signed-clients.ts";
import { type Sandbox, startSandbox } from "../start-sandbox.ts";
import { DOCUMENTED_TRANSFER } from "../store/documented-cards.ts";
import type { FaultRuleInput } from "./fault-rule.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 40, keys: 5 });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const fault = (...rules: FaultRuleInput[]) => sandbox.addFaults(rules);
const transfer = () => callEspai(sandbox, "/cdkey/transfer", DOCUMENTED_TRANSFER);
const generate = (total: number) => callPotato(sandbox, "/api/createCardMy", { type: 1, total });

describe("which calls a rule fires on", () => {
  const statuses = async (count: number) => {
    const seen: number[] = [];
    for (let i = 0; i < count; i++) seen.push((await transfer()).status);
    return seen;
  };

  test("the nth once, or from the nth on count times", async () => {
    await fault({ id: "a", fault: "html-500", match: { nth: 2 } });
    expect(await statuses(4)).toEqual([200, 500, 200, 200]);
    await fault({ id: "a", fault: "html-500", match: { nth: 2, count: 2 } });
    expect(await statuses(5)).toEqual([200, 500, 500, 200, 200]);
    expect(sandbox.context.faults.list()).toMatchObject([{ id: "a", matched: 5, fired: 2 }]);
  });

  test("by path, upstream and parameters; the first that fires wins", async () => {
    await fault(
      { fault: "html-502", match: { when: { limit: 10, code: "other" } } },
      { fault: "html-500", match: { when: { limit: 10 }, path: "/cdkey/transfer" } },
      { fault: "html-404", match: { upstream: "espai" } },
    );
    expect((await transfer()).status).toBe(500);
    expect((await callEspai(sandbox, "/cdkey/list", {})).status).toBe(404);
    expect((await callTalkbot(sandbox, "/v1/billing")).status).toBe(200);
  });

  test("by probability, the same for the same seed", async () => {
    const rule: FaultRuleInput = { id: "r", fault: "html-500", match: { probability: 0.5, seed: 9 } };
    await fault(rule);
    const first = await statuses(20);
    await fault(rule);
    expect(await statuses(20)).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500]));
  });

  test("a login expires after the number of calls that still work", async () => {
    await fault({ fault: "login-expired-after", match: { upstream: "potato" }, with: { calls: 2 } });
    const codes: unknown[] = [];
    for (let i = 0; i < 4; i++) codes.push(fields((await generate(1)).json).code);
    expect(codes).toEqual(["200", "200", "403", "403"]);
    expect(sandbox.store.keys.length).toBe(7);
  });
});
