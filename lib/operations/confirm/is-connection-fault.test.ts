import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { isConnectionFault } from "./send-operation";

const failed = (code?: string) =>
  new DrizzleQueryError("select 1", [], Object.assign(new Error("failed"), code === undefined ? {} : { code }));

test.each(["08006", "25006", "40P01", "53300", "57P01", "EPIPE", "ECONNRESET", "ENOENT", undefined])(
  "%s is the connection's fault: the outcome is tried again until it is stored",
  (code) => expect(isConnectionFault(failed(code))).toBe(true),
);

test.each(["23505", "22007", "P0001", "XX000"])("%s is our own fault: the same again would fail the same way", (code) =>
  expect(isConnectionFault(failed(code))).toBe(false),
);
