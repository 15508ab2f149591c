import { expect, test } from "vitest";
import { seededRandom } from "../../sandbox/core/seeded-random.ts";
import { parseFaultRule } from "../../sandbox/faults/parse-fault-rule.ts";
import { nextFaults } from "./fault-schedule.ts";

const WRITES = ["transfer", "destroy", "generate"] as const;
const schedule = (seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: 200 }, () => nextFaults(random, WRITES));
};

test("the same seed gives the same schedule, another seed another", () => {
  expect(schedule(5)).toEqual(schedule(5));
  expect(schedule(5)).not.toEqual(schedule(6));
});

test("the schedule holds only faults the sandbox knows, with every kind of effect", () => {
  const rules = schedule(1).flat();
  expect(() => rules.map((rule) => parseFaultRule(rule, () => "id"))).not.toThrow();
  const effects = new Set(rules.map(({ effect }) => (typeof effect === "object" ? "late" : (effect ?? "never"))));
  expect([...effects].toSorted()).toEqual(["before", "late", "never"]);
  expect(new Set(rules.map(({ fault }) => fault)).size).toBeGreaterThan(20);
});

test("transfers, destroys and batches all meet a refusal after the effect", () => {
  const rules = schedule(1)
    .flat()
    .filter(({ fault }) => fault === "refused-after-effect");
  expect(new Set(rules.map(({ match }) => match?.kind))).toEqual(new Set(WRITES));
  expect(rules.every(({ effect }) => effect === "before")).toBe(true);
  expect(rules.length).toBeGreaterThan(30);
});
