import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { isConnectionFault, isLockFault, violates } from "./errors";

const failed = (code?: string, constraint?: string) =>
  new DrizzleQueryError("select 1", [], Object.assign(new Error("failed"), { ...(code && { code }), constraint }));

test.each(["08006", "25006", "40P01", "53300", "57P01", "EPIPE", "ECONNRESET", "ENOENT", undefined])(
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
