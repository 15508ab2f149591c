import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { isConnectionFault, isLockFault, toDatabaseFault, violates } from "./errors";

const failed = (code?: string, constraint?: string) =>
  new DrizzleQueryError("select 1", [], Object.assign(new Error("failed"), { ...(code && { code }), constraint }));

test.each(["08006", "25006", "40P01", "53300", "55P03", "57P01", "EPIPE", "ECONNRESET", "ENOENT", undefined])(
  "%s is the connection's fault: the same again may succeed",
  (code) => expect(isConnectionFault(failed(code))).toBe(true),
);

test.each(["23505", "22007", "P0001", "XX000"])("%s is our own fault: the same again would fail the same way", (code) =>
  expect(isConnectionFault(failed(code))).toBe(false),
);

test.each([new AppError("busy"), new TypeError("x is undefined"), new RangeError("too much")])(
  "%s does not come from a connection",
  (error) => expect(isConnectionFault(error)).toBe(false),
);

test.each<[code: string, constraint: string, violated: boolean]>([
  ["23505", "user_username_key", true],
  ["23505", "operation_retry_key", false],
  ["23503", "user_username_key", false],
])("%s at %s violates the index: %s", (code, constraint, violated) => {
  expect(violates(failed(code, constraint), "user_username_key")).toBe(violated);
  expect(violates(Object.assign(new Error("not wrapped"), { code, constraint }), "user_username_key")).toBe(violated);
});

test.each([
  ["55P03", true],
  ["40P01", true],
  ["23505", false],
])("%s is a lock that was not to be had: %s", (code, expected) => {
  expect(isLockFault(failed(code))).toBe(expected);
});

test.each([null, undefined, "text", 7])("%j says nothing of an index or a lock", (error) => {
  expect(violates(error, "user_username_key")).toBe(false);
  expect(isLockFault(error)).toBe(false);
});

const coded = (code: string, syscall?: string) => Object.assign(new Error("failed"), { code, syscall });

test.each([
  coded("ECONNREFUSED", "connect"),
  coded("ENOENT", "connect"),
  coded("ECONNRESET", "read"),
  coded("EPIPE", "write"),
  coded("ENOTFOUND", "getaddrinfo"),
  coded("57P01"),
  coded("57P03"),
  coded("57014"),
  coded("53300"),
  coded("08006"),
  new Error("Connection terminated unexpectedly"),
  new Error("Connection terminated due to connection timeout"),
  new Error("timeout exceeded when trying to connect"),
  new Error("Query read timeout"),
  new Error("Client has encountered a connection error and is not queryable"),
  new Error("Cannot use a pool after calling end on the pool"),
])("the database is away: %s", (error) => {
  for (const thrown of [error, new DrizzleQueryError("select 1", [], error)])
    expect(toDatabaseFault(thrown)).toMatchObject({ code: "unavailable", key: "database_away", cause: thrown });
});

test("a full disk is said as such", () => {
  expect(toDatabaseFault(failed("53100"))).toMatchObject({ code: "unavailable", key: "database_full" });
});

test.each([
  failed("23505"),
  failed("22007"),
  failed("42P01"),
  new Error("anything else"),
  new TypeError("x is undefined"),
  coded("ENOENT", "open"),
  new AppError("upstream", "upstream.timeout", { cause: coded("ECONNREFUSED", "connect") }),
  null,
  "Connection terminated",
])("the database is not to blame for %s", (error) => expect(toDatabaseFault(error)).toBe(null));
