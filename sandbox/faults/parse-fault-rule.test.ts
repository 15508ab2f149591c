import { expect, test } from "vitest";
import { parseFaultRule } from "./parse-fault-rule.ts";

const parse = (input: unknown) => parseFaultRule(input, () => "next-id");

test("what is left out has a default", () => {
  expect(parse({ fault: "drip" })).toEqual({
    id: "next-id",
    match: {},
    fault: "drip",
    effect: "never",
    with: { ms: 200 },
  });
  expect(parse({ id: "mine", fault: "keys-more", with: { by: 5 } })).toEqual({
    id: "mine",
    match: {},
    fault: "keys-more",
    effect: "before",
    with: { by: 5 },
  });
});

test.each([
  [{ fault: "earthquake" }, "fault must be one of"],
  [{ fault: "refuse" }, "refuse needs match.upstream"],
  [{ fault: "empty", effect: "sometimes" }, "effect must be"],
  [{ fault: "empty", match: { upstream: "moon" } }, "match.upstream must be one of"],
  [{ fault: "empty", match: { path: "/cdkey/*" } }, "match.path must be one of"],
  [{ fault: "empty", match: { kind: "dig" } }, "match.kind must be one of"],
  [{ fault: "empty", match: { nth: -1 } }, "match.nth"],
  [{ fault: "drip", with: { ms: "soon" } }, "with.ms"],
])("%j is refused", (input, message) => {
  expect(() => parse(input)).toThrow(message);
});

test("a fault that is a definite refusal can't have an effect, one that changes the effect must", () => {
  expect(() => parse({ fault: "failure-listed", effect: "before" })).toThrow("can't go with effect before");
  expect(() => parse({ fault: "keys-more", effect: "never" })).toThrow("only before");
});
