import { expect, test } from "vitest";
import { acquirePermit, type CallGuard, createCallGuard, type Permit } from "./call-guard";

function guardAt() {
  const clock = { now: 0 };
  return { clock, guard: createCallGuard(() => clock.now) };
}

async function acquire(guard: CallGuard, kind: "read" | "write" = "read"): Promise<Permit> {
  const permit = await acquirePermit(guard, kind, 1000);
  if (typeof permit === "string") throw new Error(`refused: ${permit}`);
  return permit;
}

async function fail(guard: CallGuard, times: number) {
  for (let i = 0; i < times; i++) (await acquire(guard)).release("failed");
}

test("four calls at a time; the fifth waits for a slot", async () => {
  const { guard } = guardAt();
  const running = await Promise.all([1, 2, 3, 4].map(() => acquire(guard)));
  let acquired = false;
  const fifth = acquire(guard).then((permit) => {
    acquired = true;
    return permit;
  });
  await Promise.resolve();
  expect(acquired).toBe(false);
  running[0]?.release("answered");
  (await fifth).release("answered");
  expect(acquired).toBe(true);
});

test("a call that waits in vain has a timeout, and keeps no slot", async () => {
  const { guard } = guardAt();
  const running = await Promise.all([1, 2, 3, 4].map(() => acquire(guard)));
  expect(await acquirePermit(guard, "write", 20)).toBe("timeout");
  for (const permit of running) permit.release("answered");
  await Promise.all([1, 2, 3, 4].map(() => acquire(guard)));
});

test("an open breaker refuses at once, reads and writes alike, also when every slot is taken", async () => {
  const { guard } = guardAt();
  await Promise.all([1, 2, 3].map(() => acquire(guard)));
  await fail(guard, 4);
  (await acquire(guard)).release("failed");
  expect(await acquirePermit(guard, "write", 1000)).toBe("circuit_open");
  expect(await acquirePermit(guard, "read", 1000)).toBe("circuit_open");
});

test("of two calls to a half-open breaker one is the probe and the other is refused, even for the last slot", async () => {
  const { guard, clock } = guardAt();
  await Promise.all([1, 2, 3].map(() => acquire(guard)));
  await fail(guard, 5);
  clock.now = 15_000;
  const both = await Promise.all([acquirePermit(guard, "read", 1000), acquirePermit(guard, "read", 1000)]);
  expect(both).toEqual([{ release: expect.any(Function) }, "circuit_open"]);
});

test("calls that wait when the breaker opens are refused; reports of those begun before are ignored", async () => {
  const { guard } = guardAt();
  const old = await acquire(guard);
  await fail(guard, 4);
  const running = await Promise.all([1, 2, 3].map(() => acquire(guard)));
  const waiting = acquirePermit(guard, "write", 1000);
  running[0]?.release("failed");
  expect(await waiting).toBe("circuit_open");
  old.release("answered");
  expect(guard.breaker.state().state).toBe("open");
});

test("a refused waiter gives its slot back", async () => {
  const { guard, clock } = guardAt();
  const running = await Promise.all([1, 2, 3, 4].map(() => acquire(guard)));
  await expectOpened(guard, running);
  clock.now = 15_000;
  (await acquire(guard)).release("answered");
  await Promise.all([1, 2, 3, 4].map(() => acquire(guard)));
});

test("a permit released twice counts once, for the breaker and for the slots", async () => {
  const { guard } = guardAt();
  const [permit] = await Promise.all([1, 2, 3, 4].map(() => acquire(guard)));
  permit?.release("failed");
  permit?.release("failed");
  expect(guard.breaker.state().failuresInARow).toBe(1);
  await acquire(guard);
  expect(await acquirePermit(guard, "read", 1)).toBe("timeout");
});

/** Four calls fail and so does a fifth that waited for a slot, while a sixth waits. */
async function expectOpened(guard: CallGuard, running: Permit[]) {
  const fifth = acquire(guard);
  const sixth = acquirePermit(guard, "read", 1000);
  running[0]?.release("failed");
  const last = await fifth;
  for (const permit of running) permit.release("failed");
  last.release("failed");
  expect(await sixth).toBe("circuit_open");
}
