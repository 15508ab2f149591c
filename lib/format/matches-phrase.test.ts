import { expect, test } from "vitest";
import { matchesPhrase } from "./matches-phrase";

test.each([
  ["销毁 6 张", "销毁 6 张"],
  ["销毁6张", "销毁 6 张"],
  ["销毁 ６ 张", "销毁 6 张"],
  ["　销毁　6 张 ", "销毁 6 张"],
  ["销毁 10,000 张", "销毁 10000 张"],
  ["destroy 6", "destroy 6"],
  ["5000", "5000"],
  ["5,000", "5000"],
  ["５，０００", "5000"],
  ["5 000", "5000"],
])("%s is %s", (typed, phrase) => {
  expect(matchesPhrase(typed, phrase)).toBe(true);
});

test.each([
  ["", "销毁 6 张"],
  ["销毁 7 张", "销毁 6 张"],
  ["销毁 66 张", "销毁 6 张"],
  ["6", "销毁 6 张"],
  ["500", "5000"],
  ["-5000", "5000"],
  ["5000,", "5000"],
  ["5.000", "5000"],
  ["   ", "5000"],
])("%j is not %s", (typed, phrase) => {
  expect(matchesPhrase(typed, phrase)).toBe(false);
});
