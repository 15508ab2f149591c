import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { type Drift, onDrift, reportDrift, shapeOf, upstreamDrift } from "./drift";

test("listeners get many reports in one batch, with what is new; one that throws stops no other", async () => {
  const batches: Drift[][] = [];
  onTestFinished(
    onDrift(() => {
      throw new Error("no");
    }),
  );
  const stop = onDrift((drifts) => batches.push(drifts));
  for (let i = 0; i < 1000; i++) reportDrift("espai", "/test", "api_limit", "type", "x".repeat(i));
  reportDrift("espai", "/test", "type", "unknown_value", "6");
  await nextTurn();
  reportDrift("espai", "/test", "type", "unknown_value", "7");
  await nextTurn();
  stop();
  reportDrift("espai", "/test", "type", "unknown_value", "8");
  await nextTurn();
  expect(
    batches.map((drifts) => drifts.map(({ field, count, added, sample }) => ({ field, count, added, sample }))),
  ).toEqual([
    [
      { field: "api_limit", count: 1000, added: 1000, sample: "string(999)" },
      { field: "type", count: 1, added: 1, sample: `"6"` },
    ],
    [{ field: "type", count: 2, added: 1, sample: `"7"` }],
  ]);
  expect(upstreamDrift().find((drift) => drift.call === "/test" && drift.field === "type")?.count).toBe(3);
});

test.each([
  [null, "null"],
  [undefined, "undefined"],
  [15916888888, "number"],
  ["15916888888", "string(11)"],
  ["6", `"6"`],
  [[1, 2], "array(2)"],
  [{ a: 1 }, "object(1)"],
  [true, "boolean"],
])("the shape of %j is %s", (value, shape) => {
  expect(shapeOf(value)).toBe(shape);
});
