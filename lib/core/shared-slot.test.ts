import { expect, test } from "vitest";
import { sharedSlot } from "./shared-slot";

test("slots of one name hold one value, found on globalThis by that name", () => {
  const one = sharedSlot<number>("test-shared");
  expect(one.value).toBeUndefined();
  one.value ??= 7;
  one.value ??= 8;
  expect(sharedSlot<number>("test-shared").value).toBe(7);
  expect((globalThis as { [key: symbol]: unknown })[Symbol.for("cardesk.test-shared")]).toBe(7);
  expect(sharedSlot<number>("test-other").value).toBeUndefined();
});
