import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDecimal, formatMicro, parseMicro, toDecimal } from "./micro";

test.each([
  ["2005317.990000", 2005317990000n],
  ["200.531799", 200531799n],
  ["0.008595", 8595n],
  ["0", 0n],
  ["5.", 5000000n],
  [" 1.5 ", 1500000n],
  ["-0.000001", -1n],
  ["+3", 3000000n],
  ["1.2500000000", 1250000n],
  ["9007199254740993.000001", 9007199254740993000001n],
])("parses %j exactly", (text, micro) => {
  expect(parseMicro(text)).toBe(micro);
});

test.each([
  "",
  " ",
  ".",
  ".5",
  "1e3",
  "1,000",
  "0.0000001",
  "NaN",
  "Infinity",
  "12abc",
  "0x10",
  "１２",
  "--1",
  "9".repeat(31),
])("%j is no amount", (text) => {
  expect(parseMicro(text)).toBeNull();
});

test.each([
  [2005317990000n, undefined, "2,005,317.990000"],
  [200531799n, 2, "200.53"],
  [999999n, 2, "0.99"],
  [999999n, 0, "0"],
  [-1n, 2, "0.00"],
  [-1234567890n, 3, "-1,234.567"],
  [0n, undefined, "0.000000"],
] as const)("shows %s with %s places as %s, never rounded up", (micro, fraction, shown) => {
  expect(formatMicro(micro, fraction === undefined ? {} : { fraction })).toBe(shown);
});

test("what is shown in full parses back to itself", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      (micro) => parseMicro(formatMicro(micro).replaceAll(",", "")) === micro,
    ),
  );
});

test("a view carries all six places, without separators", () => {
  expect(toDecimal(2_005_317_990_000n)).toBe("2005317.990000");
  expect(toDecimal(-1n)).toBe("-0.000001");
});

test("a view's decimal is shown with separators, cut and never rounded; what is none is a dash", () => {
  expect(formatDecimal("200531.5")).toBe("200,531.500000");
  expect(formatDecimal("200531.999999", 2)).toBe("200,531.99");
  expect(formatDecimal("n/a")).toBe("—");
});
