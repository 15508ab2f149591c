import { expect, test } from "vitest";
import { ConcurrencyLimiter } from "./concurrency-limiter";

async function full(limit: number) {
  const limiter = new ConcurrencyLimiter(limit);
  for (let i = 0; i < limit; i++) expect(await limiter.acquire("read", 0)).toBe(true);
  return limiter;
}

test("no more than its limit at a time; the next waits for a slot", async () => {
  const limiter = await full(4);
  expect(limiter.tryAcquire("read")).toBe(false);
  let acquired = false;
  const fifth = limiter.acquire("read", 1000).then(() => {
    acquired = true;
  });
  await Promise.resolve();
  expect(acquired).toBe(false);
  limiter.release("read");
  await fifth;
  expect(limiter.tryAcquire("read")).toBe(false);
});

test("a wait ends with its time, and leaves the line", async () => {
  const limiter = await full(1);
  expect(await limiter.acquire("write", 20)).toBe(false);
  limiter.release("read");
  expect(limiter.tryAcquire("read")).toBe(true);
});

test("writes go before reads that came earlier, those before reads of screens, each line in its own order", async () => {
  const limiter = await full(1);
  const order: string[] = [];
  const waiting = (["screen 1", "read 1", "read 2", "screen 2", "write 1", "write 2"] as const).map(async (name) => {
    const lines = { write: "write", read: "read", screen: "screen_read" } as const;
    const line = lines[name.split(" ")[0] as keyof typeof lines];
    await limiter.acquire(line, 1000);
    order.push(name);
    limiter.release(line);
  });
  limiter.release("read");
  await Promise.all(waiting);
  expect(order).toEqual(["write 1", "write 2", "read 1", "read 2", "screen 1", "screen 2"]);
});

test("a released slot goes to the next in line, not to a caller that asks just then", async () => {
  const limiter = await full(1);
  const waiting = limiter.acquire("read", 1000);
  limiter.release("read");
  expect(limiter.tryAcquire("read")).toBe(false);
  expect(await waiting).toBe(true);
});

test("reads of screens have half of the slots; the next of them waits for one of theirs", async () => {
  const limiter = new ConcurrencyLimiter(4);
  const taken = (["screen_read", "screen_read", "screen_read", "read", "write"] as const).map((line) =>
    limiter.tryAcquire(line),
  );
  expect(taken).toEqual([true, true, false, true, true]);
  let third = false;
  const waiting = limiter.acquire("screen_read", 1000).then(() => {
    third = true;
  });
  limiter.release("read");
  await Promise.resolve();
  expect(third).toBe(false);
  expect(limiter.tryAcquire("read")).toBe(true);
  limiter.release("screen_read");
  await waiting;
  expect(limiter.tryAcquire("screen_read")).toBe(false);
});
