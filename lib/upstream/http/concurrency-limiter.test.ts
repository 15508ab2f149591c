import { expect, test } from "vitest";
import { ConcurrencyLimiter } from "./concurrency-limiter";

async function full(limit: number) {
  const limiter = new ConcurrencyLimiter(limit);
  for (let i = 0; i < limit; i++) expect(await limiter.acquire("read", 0)).toBe(true);
  return limiter;
}

test("no more than its limit at a time; the next waits for a slot", async () => {
  const limiter = await full(4);
  expect(limiter.tryAcquire()).toBe(false);
  let acquired = false;
  const fifth = limiter.acquire("read", 1000).then(() => {
    acquired = true;
  });
  await Promise.resolve();
  expect(acquired).toBe(false);
  limiter.release();
  await fifth;
  expect(limiter.tryAcquire()).toBe(false);
});

test("a wait ends with its time, and leaves the line", async () => {
  const limiter = await full(1);
  expect(await limiter.acquire("write", 20)).toBe(false);
  limiter.release();
  expect(limiter.tryAcquire()).toBe(true);
});

test("writes go before reads that came earlier, those before reads of screens, each line in its own order", async () => {
  const limiter = await full(1);
  const order: string[] = [];
  const waiting = (["screen 1", "read 1", "read 2", "screen 2", "write 1", "write 2"] as const).map(async (name) => {
    const line = { write: "write", read: "read", screen: "screen_read" } as const;
    await limiter.acquire(line[name.split(" ")[0] as keyof typeof line], 1000);
    order.push(name);
    limiter.release();
  });
  limiter.release();
  await Promise.all(waiting);
  expect(order).toEqual(["write 1", "write 2", "read 1", "read 2", "screen 1", "screen 2"]);
});

test("a released slot goes to the next in line, not to a caller that asks just then", async () => {
  const limiter = await full(1);
  const waiting = limiter.acquire("read", 1000);
  limiter.release();
  expect(limiter.tryAcquire()).toBe(false);
  expect(await waiting).toBe(true);
});
