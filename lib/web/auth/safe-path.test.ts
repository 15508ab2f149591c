import { expect, test } from "vitest";
import { safePath } from "./safe-path";

test.each([
  ["/cards?type=1&page=2", "/cards?type=1&page=2"],
  ["/operations/1#readings", "/operations/1#readings"],
  ["/", "/"],
])("%s is a path of ours", (given, expected) => {
  expect(safePath(given)).toBe(expected);
});

test.each([
  undefined,
  ["/cards"],
  "",
  "cards",
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "/.//evil.example",
  "/cards\\..\\..//evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
  "/login?callbackUrl=/login",
  "/setup",
  "/api/auth/signout",
  `/${"a".repeat(3000)}`,
])("%j leads nowhere but home", (given) => {
  expect(safePath(given)).toBe("/");
});
