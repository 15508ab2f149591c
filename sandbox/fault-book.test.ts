import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askEspai, askPotato, askTalkbot, DOCUMENTED_TRANSFER } from "./callers.ts";
import { fields } from "./lab.ts";
import { type Sandbox, startSandbox } from "./start.ts";
import type { FaultRuleInput } from "./types.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 40, keys: 5 });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const fault = (...rules: FaultRuleInput[]) => sandbox.addFaults(rules);
const transfer = () => askEspai(sandbox, "/cdkey/transfer", DOCUMENTED_TRANSFER);
const generate = (total: number) => askPotato(sandbox, "/api/createCardMy", { type: 1, total });

describe("which calls a rule hits", () => {
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
    expect(sandbox.world.faults.list()).toMatchObject([{ id: "a", matched: 5, fired: 2 }]);
  });

  test("by path, upstream and parameters; the first that fires wins", async () => {
    await fault(
      { fault: "html-502", match: { when: { limit: 10, code: "other" } } },
      { fault: "html-500", match: { when: { limit: 10 }, path: "/cdkey/transfer" } },
      { fault: "html-404", match: { upstream: "espai" } },
    );
    expect((await transfer()).status).toBe(500);
    expect((await askEspai(sandbox, "/cdkey/list", {})).status).toBe(404);
    expect((await askTalkbot(sandbox, "/v1/billing")).status).toBe(200);
  });

  test("by chance, alike for the same seed", async () => {
    const rule: FaultRuleInput = { id: "r", fault: "html-500", match: { probability: 0.5, seed: 9 } };
    await fault(rule);
    const first = await statuses(20);
    await fault(rule);
    expect(await statuses(20)).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500]));
  });

  test("login expires after the calls it was given", async () => {
    await fault({ fault: "login-expired-after", match: { upstream: "potato" }, with: { calls: 2 } });
    const codes: unknown[] = [];
    for (let i = 0; i < 4; i++) codes.push(fields((await generate(1)).json).code);
    expect(codes).toEqual(["200", "200", "403", "403"]);
    expect(sandbox.state.keys.length).toBe(7);
  });
});
