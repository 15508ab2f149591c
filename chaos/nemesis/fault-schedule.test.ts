import { expect, test } from "vitest";
import { parseFaultRule } from "../../sandbox/fault-rule.ts";
import { randomOf, uuidOf } from "../run/seeds.ts";
import { nextWeather } from "./fault-schedule.ts";

const WRITES = ["transfer", "destroy", "generate"] as const;
const weathers = (seed: number) => {
  const random = randomOf(seed, "weather");
  return Array.from({ length: 200 }, () => nextWeather(random, WRITES));
};

test("the same seed gives the same weather, another seed another", () => {
  expect(weathers(5)).toEqual(weathers(5));
  expect(weathers(5)).not.toEqual(weathers(6));
});

test("the weather is made of faults the sandbox knows, with every kind of effect", () => {
  const rules = weathers(1).flat();
  expect(() => rules.map((rule) => parseFaultRule(rule, () => "id"))).not.toThrow();
  const effects = new Set(rules.map(({ effect }) => (typeof effect === "object" ? "late" : (effect ?? "never"))));
  expect([...effects].toSorted()).toEqual(["before", "late", "never"]);
  expect(new Set(rules.map(({ fault }) => fault)).size).toBeGreaterThan(20);
});

test("one decision maker's draws don't shift another's", () => {
  const alone = randomOf(9, "transfer", 2).int(0, 1e6);
  randomOf(9, "transfer", 1).next();
  expect(randomOf(9, "transfer", 2).int(0, 1e6)).toBe(alone);
});

test("a seeded id is a uuid", () => {
  expect(uuidOf(randomOf(1, "batch"))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});
