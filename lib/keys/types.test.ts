import { expect, test } from "vitest";
import { keyTypeKey } from "./types";

test("a documented key type has a message of its own, any other one shares one", () => {
  expect([0, 5, 6, -1, Number.NaN].map(keyTypeKey)).toEqual([0, 5, "unknown", "unknown", "unknown"]);
});
