import { expect, test } from "vitest";
import { filterExample } from "@/test/support/filter-example";
import { FILTER_NAMES } from "./filter/card-filters";
import { cardIdsSchema } from "./schemas";

const read = (filter: unknown) => cardIdsSchema.safeParse({ filter });

test.each(FILTER_NAMES)("the filter %s passes as it is", (name) => {
  const { filter } = filterExample(name);
  expect(read(filter).data).toEqual({ filter });
});

test("half of a character that was cut off is replaced: no database keeps it", () => {
  expect(read({ name: "旅\ud83d", tag: "\udc00" }).data).toEqual({ filter: { name: "旅\ufffd", tag: "\ufffd" } });
});

test("what no kind reads is refused by the filter's name", () => {
  const { error } = read({ balanceMin: 1.5, createdTo: "2026-02-30", phone: "1,2" });
  expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
    ["filter.phone", "one_number"],
    ["filter.balanceMin", "not_a_number"],
    ["filter.createdTo", "bad_format"],
  ]);
  expect(read({ password: "x" }).success).toBe(false);
  expect(read({ phone: " " }).success).toBe(false);
  expect(read({ phone: { like: "8" } }).success).toBe(false);
});
