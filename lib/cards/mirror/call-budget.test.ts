import { expect, test } from "vitest";
import { CallBudget } from "./call-budget";

const START = 1_000_000;

/** A budget whose waits only move its clock on. */
function open(perMinute: () => number) {
  let time = START;
  const budget = new CallBudget({
    perMinute: async () => perMinute(),
    now: () => time,
    wait: async (ms) => {
      time += ms;
    },
  });
  const seconds = async () => {
    await budget.take();
    return (time - START) / 1000;
  };
  return { budget, seconds, pass: (ms: number) => (time += ms) };
}

async function times(calls: number, next: () => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let call = 0; call < calls; call++) all.push(await next());
  return all;
}

test("in no minute are there more calls than the budget", async () => {
  const { seconds, pass } = open(() => 3);
  const all = await times(10, async () => {
    pass(7_000);
    return seconds();
  });
  for (const at of all) expect(all.filter((other) => other > at - 60 && other <= at).length).toBeLessThanOrEqual(3);
  expect(all.slice(0, 4)).toEqual([7, 14, 21, 67]);
});

test("calls of an earlier run and repetitions are counted", async () => {
  const { budget, seconds } = open(() => 4);
  budget.countEarlier(2, 20_000);
  await seconds();
  budget.countRepeated(1);
  expect(await seconds()).toBe(40);
  expect(budget.calls).toBe(3);
});

test("a changed setting holds from the next call on", async () => {
  let most = 5;
  const { seconds } = open(() => most);
  expect(await times(5, seconds)).toEqual([0, 0, 0, 0, 0]);
  most = 1;
  expect(await times(2, seconds)).toEqual([60, 120]);
});

test("a wait ends when the process stops", async () => {
  const stopping = new AbortController();
  const budget = new CallBudget({ perMinute: async () => 1, now: () => START, signal: stopping.signal });
  await budget.take();
  const waiting = budget.take();
  stopping.abort();
  await expect(waiting).rejects.toThrow();
});
