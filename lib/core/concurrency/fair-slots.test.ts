import { expect, test } from "vitest";
import { FairSlots } from "./fair-slots";

const refusal = (taken: "own" | "all") => new Error(taken);

/** Work that ends when told to. */
function job() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { work: () => promise, end: () => resolve("done"), fail: () => reject(new Error("failed")) };
}

test("one person has so many slots, all together so many; what finds none is refused at once and never runs", async () => {
  const slots = new FairSlots({ each: 1, all: 2 });
  const [first, second] = [job(), job()];
  const li = slots.run("li", first.work, refusal);
  let ran = false;
  const work = async () => {
    ran = true;
  };
  await expect(slots.run("li", work, refusal)).rejects.toThrow("own");
  const wang = slots.run("wang", second.work, refusal);
  await expect(slots.run("xu", work, refusal)).rejects.toThrow("all");
  expect(ran).toBe(false);
  first.end();
  expect(await li).toBe("done");
  await slots.run("xu", work, refusal);
  expect(ran).toBe(true);
  second.end();
  await wang;
});

test("a slot is free again after work that failed", async () => {
  const slots = new FairSlots({ each: 1 });
  const failing = job();
  const failed = slots.run("li", failing.work, refusal);
  failing.fail();
  await expect(failed).rejects.toThrow("failed");
  expect(await slots.run("li", async () => 1, refusal)).toBe(1);
});
