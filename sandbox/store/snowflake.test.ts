import { expect, test } from "vitest";
import { snowflake } from "./snowflake.ts";

test("gives the documented id for the documented time", () => {
  expect(snowflake(1675926123437, 0)).toBe("783556860021596160");
});

test("ids of one millisecond differ by their sequence and are all below those of the next", () => {
  const [first, second, next] = [snowflake(1000, 1), snowflake(1000, 2), snowflake(1001, 0)].map(BigInt);
  expect([first !== second, (second ?? 0n) < (next ?? 0n)]).toEqual([true, true]);
});
