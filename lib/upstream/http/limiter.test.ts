import { expect, test } from "vitest";
import { Gate, type Permit } from "./limiter";

function gateAt() {
  const clock = { now: 0 };
  return { clock, gate: new Gate(() => clock.now) };
}

async function enter(gate: Gate, kind: "read" | "write" = "read"): Promise<Permit> {
  const permit = await gate.enter(kind, 1000);
  if (typeof permit === "string") throw new Error(`refused: ${permit}`);
  return permit;
}

async function fail(gate: Gate, times: number) {
  for (let i = 0; i < times; i++) (await enter(gate)).done("failed");
}

test("four calls at a time; the fifth waits for a place", async () => {
  const { gate } = gateAt();
  const running = await Promise.all([1, 2, 3, 4].map(() => enter(gate)));
  let entered = false;
  const fifth = enter(gate).then((permit) => {
    entered = true;
    return permit;
  });
  await Promise.resolve();
  expect(entered).toBe(false);
  running[0]?.done("answered");
  (await fifth).done("answered");
  expect(entered).toBe(true);
});

test("waiting has an end, and leaves no trace in the line", async () => {
  const { gate } = gateAt();
  const running = await Promise.all([1, 2, 3, 4].map(() => enter(gate)));
  expect(await gate.enter("write", 20)).toBe("timeout");
  for (const permit of running) permit.done("answered");
  await Promise.all([1, 2, 3, 4].map(() => enter(gate)));
});

test("writes go before reads that came earlier", async () => {
  const { gate } = gateAt();
  const running = await Promise.all([1, 2, 3, 4].map(() => enter(gate)));
  const order: string[] = [];
  const later = (["read", "read", "write"] as const).map(async (kind) => {
    const permit = await enter(gate, kind);
    order.push(kind);
    permit.done("answered");
  });
  running[0]?.done("answered");
  await Promise.all(later);
  expect(order).toEqual(["write", "read", "read"]);
});

test("five failures in a row open the breaker; a success in between does not let it", async () => {
  const { gate } = gateAt();
  await fail(gate, 4);
  (await enter(gate)).done("answered");
  await fail(gate, 4);
  expect(gate.state()).toEqual({ state: "closed", failuresInARow: 4, retryInMs: 0 });
  await fail(gate, 1);
  expect(gate.state()).toEqual({ state: "open", failuresInARow: 5, retryInMs: 15_000 });
  expect(await gate.enter("write", 1000)).toBe("circuit_open");
  expect(await gate.enter("read", 1000)).toBe("circuit_open");
});

test("after 15 s one probe goes through, and its success closes the breaker", async () => {
  const { gate, clock } = gateAt();
  await fail(gate, 5);
  clock.now = 14_999;
  expect(await gate.enter("read", 1000)).toBe("circuit_open");
  clock.now = 15_000;
  expect(gate.state().state).toBe("half_open");
  const probe = await enter(gate);
  expect(await gate.enter("read", 1000)).toBe("circuit_open");
  probe.done("answered");
  expect(gate.state()).toEqual({ state: "closed", failuresInARow: 0, retryInMs: 0 });
  (await enter(gate)).done("answered");
});

test("a probe that fails opens it again; one that was never made lets another try", async () => {
  const { gate, clock } = gateAt();
  await fail(gate, 5);
  clock.now = 15_000;
  (await enter(gate)).done("not_made");
  (await enter(gate)).done("failed");
  expect(gate.state()).toMatchObject({ state: "open", retryInMs: 15_000 });
});

test("those waiting when the breaker opens are refused, and what began before says nothing afterwards", async () => {
  const { gate } = gateAt();
  const old = await enter(gate);
  await fail(gate, 4);
  const running = await Promise.all([1, 2, 3].map(() => enter(gate)));
  const waiting = gate.enter("write", 1000);
  running[0]?.done("failed");
  expect(await waiting).toBe("circuit_open");
  old.done("answered");
  expect(gate.state().state).toBe("open");
});

test("a permit given back twice counts once", async () => {
  const { gate } = gateAt();
  const permit = await enter(gate);
  permit.done("failed");
  permit.done("failed");
  expect(gate.state().failuresInARow).toBe(1);
});
