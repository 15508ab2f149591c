import { expect, test } from "vitest";
import { filterExample } from "@/test/support/filter-example";
import { FILTER_NAMES } from "./filter/card-filters";
import { cardFilterSchema } from "./schemas";

test.each(FILTER_NAMES)("the filter %s passes as it is", (name) => {
  const { filter } = filterExample(name);
  expect(cardFilterSchema.parse(filter)).toEqual(filter);
});

test("what no kind reads is refused by the filter's name", () => {
  const { error } = cardFilterSchema.safeParse({ balanceMin: 1.5, createdTo: "2026-02-30", phone: "1,2" });
  expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
    ["phone", "one_number"],
    ["balanceMin", "not_a_number"],
    ["createdTo", "bad_format"],
  ]);
  expect(cardFilterSchema.safeParse({ password: "x" }).success).toBe(false);
  expect(cardFilterSchema.safeParse({ phone: { like: "8" } }).success).toBe(false);
});
