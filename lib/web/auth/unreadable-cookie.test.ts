import { decode, encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { isUnreadableCookie } from "./unreadable-cookie";

const secret = "s".repeat(32);
const salt = "authjs.session-token";
const decoding = (token: string) =>
  decode({ token, secret, salt }).then(
    () => null,
    (error: unknown) => error,
  );

test.each(["zq", "%", "a.".repeat(500), "a.b.c.d.e", "é.é"])("the cookie %s is unreadable", async (token) => {
  expect(isUnreadableCookie(await decoding(token))).toBe(true);
});

test("so is one whose tail was changed, and one of another secret", async () => {
  const token = await encode({ token: { sub: "x" }, secret, salt });
  expect(isUnreadableCookie(await decoding(`${token.slice(0, -6)}AAAAAA`))).toBe(true);
  const foreign = await encode({ token: { sub: "x" }, secret: "t".repeat(32), salt });
  expect(isUnreadableCookie(await decoding(foreign))).toBe(true);
});

test("a database that is away is not", () => {
  expect(isUnreadableCookie(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }))).toBe(false);
  expect(isUnreadableCookie("no error at all")).toBe(false);
});
