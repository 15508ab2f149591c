import { expect, test } from "vitest";
import { Semaphore } from "./semaphore";

test("a permit is handed on in the order of asking, and released once however often it is given back", async () => {
  const semaphore = new Semaphore(1);
  const release = await semaphore.acquire();
  const order: string[] = [];
  const wait = (name: string) =>
    semaphore.acquire().then((next) => {
      order.push(name);
      return next;
    });
  const [first, second] = [wait("first"), wait("second")];
  release();
  release();
  const releaseFirst = await first;
  expect(order).toEqual(["first"]);
  releaseFirst();
  (await second)();
  expect(order).toEqual(["first", "second"]);
  await expect(semaphore.acquire()).resolves.toBeTypeOf("function");
});
