import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Effect, EffectName } from "../core/effect.ts";
import type { WriteKind } from "../core/endpoints.ts";
import { FAULT_NAMES } from "../core/fault-names.ts";
import { changeOptions, defaultOptions } from "../core/options.ts";
import { FAULT_CATALOGUE } from "../faults/fault-catalogue.ts";
import type { HttpReply } from "../http/send-request.ts";
import { callEspai, callPotato } from "../signed-clients.ts";
import { type Sandbox, startSandbox } from "../start-sandbox.ts";
import { DOCUMENTED_TRANSFER, EMPTY_ID, SOURCE_ID } from "../store/documented-cards.ts";

let sandbox: Sandbox;
const waits: number[] = [];
beforeAll(async () => {
  sandbox = await startSandbox({
    cards: 40,
    keys: 5,
    sleep: async (ms) => {
      waits.push(ms);
    },
  });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  changeOptions(sandbox.context.state.options, defaultOptions());
  waits.length = 0;
});

const WRITES: Record<WriteKind, () => Promise<HttpReply>> = {
  transfer: () => callEspai(sandbox, "/cdkey/transfer", DOCUMENTED_TRANSFER),
  destroy: () => callEspai(sandbox, "/cdkey/destroy", [{ id: EMPTY_ID }]),
  generate: () => callPotato(sandbox, "/api/createCardMy", { type: 1, total: 4 }),
};

describe("whether a write with a fault happens", () => {
  const effects: Record<EffectName, Effect> = { never: "never", before: "before", late: { lateMs: 1 } };
  const kinds = Object.keys(WRITES) as WriteKind[];
  const cells = FAULT_NAMES.filter((name) => name !== "refuse").flatMap((name) =>
    FAULT_CATALOGUE[name].effects.flatMap((effect) =>
      kinds
        .filter((kind) => FAULT_CATALOGUE[name].kinds?.includes(kind) ?? true)
        .map((kind) => [name, kind, effect] as const),
    ),
  );
  test.each(cells)("%s on %s, effect %s", async (name, kind, effect) => {
    const settings = { ms: name === "hang" ? 1 : 0, calls: 0 };
    await sandbox.addFaults([{ fault: name, match: { kind }, effect: effects[effect], with: settings }]);
    await WRITES[kind]();
    const [row, ...others] = sandbox.store.journal;
    expect(others).toEqual([]);
    expect(row).toMatchObject({ kind, fault: name, effect, refusal: null });
    if (effect === "late") await expect.poll(() => row?.effectAt, { interval: 5 }).not.toBeNull();
    const happened = effect !== "never";
    expect(row?.effectAt !== null).toBe(happened);
    expect(row?.changes.length !== 0).toBe(happened);
    if (kind === "transfer") expect(sandbox.store.cards.get(SOURCE_ID)?.api_limit).toBe(happened ? 490 : 500);
    if (kind === "destroy") expect(sandbox.store.cards.has(EMPTY_ID)).toBe(!happened);
    if (kind === "generate") expect(sandbox.store.keys.length > 5).toBe(happened);
  });
});

test("half of the latency passes before the effect and half after", async () => {
  changeOptions(sandbox.context.state.options, { latencyMs: { espai: 60 } });
  await WRITES.transfer();
  await WRITES.generate();
  expect(waits).toEqual([30, 30]);
});

test("the jitter is added to the latency, up to its limit", async () => {
  changeOptions(sandbox.context.state.options, { latencyMs: 100, jitterMs: 50 });
  for (let i = 0; i < 20; i++) await callEspai(sandbox, "/cdkey/list", { limit: "1" });
  expect(waits).toHaveLength(40);
  for (const half of waits) {
    expect(half).toBeGreaterThanOrEqual(50);
    expect(half).toBeLessThan(75);
  }
  expect(new Set(waits).size).toBeGreaterThan(1);
});

test("calls are counted by upstream", async () => {
  await WRITES.transfer();
  await callEspai(sandbox, "/cdkey/list", {});
  const { espai, potato } = sandbox.summary().calls;
  expect(espai).toMatchObject({ total: 2, maxInFlight: 1, inFlight: 0 });
  expect(potato.total).toBe(0);
});

test("a wrong method and an unknown path are web pages", async () => {
  expect(await fetch(`${sandbox.espai}/cdkey/list`)).toMatchObject({ status: 405 });
  expect(await callEspai(sandbox, "/cdkey/nothing", {})).toMatchObject({ status: 404, json: undefined });
});
