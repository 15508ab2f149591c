import { expect, test } from "vitest";
import { mapConcurrent } from "./map-concurrent";

test("keeps the order of the list and never runs more than the limit at once", async () => {
  let running = 0;
  let most = 0;
  const doubled = await mapConcurrent(3, [5, 1, 4, 2, 3, 0], async (n) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < n; turn++) await Promise.resolve();
    running--;
    return n * 2;
  });
  expect(doubled).toEqual([10, 2, 8, 4, 6, 0]);
  expect(most).toBe(3);
});

test("an error of one ends the whole, and an empty list is no work", async () => {
  const fail = async () => Promise.reject(new Error("no"));
  await expect(mapConcurrent(2, [1, 2], fail)).rejects.toThrow("no");
  expect(await mapConcurrent(2, [], fail)).toEqual([]);
});
