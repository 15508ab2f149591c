import { PgDialect } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { filterExample } from "@/test/support/filter-example";
import { type CardFilter, FILTER_NAMES } from "../filter/card-filters";
import { cardConditions } from "./card-conditions";

const written = (filter: CardFilter) => new PgDialect().sqlToQuery(cardConditions({ filter, masked: false })).sql;

test("without a filter gone cards are hidden, no more", () => {
  expect(written({})).toBe("gone_at is null");
});

test.each(FILTER_NAMES)("the filter %s has a condition of its own", (name) => {
  const sql = written(filterExample(name).filter);
  expect(sql).not.toBe(written({}));
  expect(sql).not.toBe("");
});
