import { expect, test } from "vitest";
import { randomOf, uuidOf } from "./seeds.ts";

test("one decision maker's draws don't shift another's", () => {
  const alone = randomOf(9, "transfer", 2).int(0, 1e6);
  randomOf(9, "transfer", 1).next();
  expect(randomOf(9, "transfer", 2).int(0, 1e6)).toBe(alone);
});

test("a seeded id is a uuid", () => {
  expect(uuidOf(randomOf(1, "batch"))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});
