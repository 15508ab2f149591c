import { expect, test } from "vitest";
import { signV1, signV3 } from "./potato-sign.ts";

const NONCE = "abcdefghijABCDEFGHIJ0123456789xy";

test("v1 is the md5 of secret and time", () => {
  expect(signV1("secret", "1675926123437")).toMatch(/^[0-9a-f]{32}$/);
  expect(signV1("secret", 1675926123437)).toBe(signV1("secret", "1675926123437"));
  expect(signV1("other", "1675926123437")).not.toBe(signV1("secret", "1675926123437"));
});

test("v3 ignores the order of parameters and the empty ones, and covers every value", () => {
  const same = signV3({ total: 10, type: 1, note: "", x: null }, "s", "1", NONCE);
  expect(signV3({ type: 1, total: 10 }, "s", "1", NONCE)).toBe(same);
  expect(signV3({ type: 1, total: 9 }, "s", "1", NONCE)).not.toBe(same);
  expect(signV3({ type: 1, total: 10 }, "t", "1", NONCE)).not.toBe(same);
  expect(signV3({ type: 1, total: 10 }, "s", "2", NONCE)).not.toBe(same);
});
