import { DrizzleQueryError } from "drizzle-orm/errors";
import { afterEach, expect, test, vi } from "vitest";
import { keepParamsOffConsole, logError } from "./log-error";

test("a failed query is logged without its parameters and without the rows PostgreSQL quotes", () => {
  const detail = "Key (phone, code)=(15912345678, wNaa1GDw) already exists.";
  const cause = Object.assign(new Error("duplicate key"), { code: "23505", constraint: "card_pkey", detail });
  const error = new DrizzleQueryError("update card set phone = $1", ["15912345678\nparams: $&", "wNaa1GDw"], cause);

  const logged = logError(new Error("could not sync", { cause: error }));

  expect(logged).toMatchObject({
    message: "could not sync",
    cause: {
      message: "Failed query: update card set phone = $1",
      cause: { message: "duplicate key", code: "23505", constraint: "card_pkey" },
    },
  });
  expect(JSON.stringify(logged)).toContain("log-error.test.ts");
  expect(JSON.stringify(logged)).not.toMatch(/15912345678|wNaa1GDw/);
});

test("what is thrown and no error is told by its kind, and a circle of causes ends", () => {
  expect(logError({ phone: "15912345678" })).toBe("[object Object]");
  const circle = new Error("round");
  circle.cause = circle;
  expect(JSON.stringify(logError(circle)).match(/"message":"round"/g)).toHaveLength(6);
});

afterEach(() => vi.restoreAllMocks());

test("what the framework prints by itself is kept clean, and everything else is printed as it was", () => {
  const printed: unknown[][] = [];
  vi.spyOn(console, "error").mockImplementation((...words) => printed.push(words));
  keepParamsOffConsole();
  const query = new DrizzleQueryError("select $1", ["15912345678"], new Error("gone"));
  const other = new Error("other");
  console.error("page", new Error("page broke", { cause: query }));
  console.error(other, 7);
  expect(JSON.stringify(printed[0])).toContain("Failed query: select $1");
  expect(JSON.stringify(printed[0])).not.toContain("15912345678");
  expect(printed[1]).toEqual([other, 7]);
});
