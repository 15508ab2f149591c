import { beforeEach, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { readClaims } from "./read-claims";

const configure = (changes: Record<string, string> = {}) => {
  sharedSlot("env").value = parseEnv({
    OIDC_ISSUER: "https://id.example.com/realms/desk",
    OIDC_CLIENT_ID: "id",
    OIDC_CLIENT_SECRET: "secret",
    OIDC_ROLES: "ops=operator,boss=admin,CN=Desk, OU=x=support",
    ...changes,
  });
};
beforeEach(() => configure());
const iss = "https://id.example.com/realms/desk";
const read = (claims: object) => readClaims({ iss, sub: "7", ...claims });

test.each([
  ["a list", { groups: ["none", "ops"] }, "operator"],
  ["the strongest of several", { groups: ["ops", "boss", "CN=Desk, OU=x"] }, "admin"],
  ["one text", { groups: "boss" }, "admin"],
  ["a value with commas and equal signs", { groups: ["CN=Desk, OU=x"] }, "support"],
  ["other cases", { groups: ["BOSS"] }, null],
  ["a part of a value", { groups: ["boss-of-nothing", "bos"] }, null],
  ["a number, an object, nothing", { groups: [1, { boss: 1 }, null] }, null],
  ["another claim", { roles: ["boss"] }, null],
])("the role of %s", (_name, claims, role) => {
  expect(read(claims).role).toBe(role);
});

test("a claim is found by its whole name first, then by its path; never in what objects inherit", () => {
  configure({ OIDC_ROLE_CLAIM: "a.b" });
  expect(read({ "a.b": "ops", a: { b: "boss" } }).role).toBe("operator");
  expect(read({ a: { b: ["boss"] } }).role).toBe("admin");
  configure({ OIDC_ROLE_CLAIM: "constructor.name", OIDC_ROLES: "Object=admin" });
  expect(read({}).role).toBeNull();
});

test.each([
  [["mfa"], true],
  [["pwd", "otp"], true],
  [["hwk"], true],
  [["pwd"], false],
  [["sms", "pwd"], false],
  [[], false],
  [undefined, false],
  ["mfa", false],
])("amr %j names a second factor: %s", (amr, expected) => {
  expect(read({ amr }).hasFactor).toBe(expected);
});

test("what people read is the best name there is, short and storable", () => {
  expect(read({ preferred_username: "lin", email: "lin@example.com" })).toMatchObject({
    label: "lin",
    names: ["lin", "lin@example.com"],
  });
  expect(read({ preferred_username: 7, email: " " }).label).toBe("7");
  expect(read({ name: "a\0b" }).label).toBe("a\ufffdb");
  expect(read({ name: "x".repeat(200) }).label).toHaveLength(128);
});

test.each([
  { iss: "https://other.example.com" },
  { iss: "https://id.example.com/realms/desk/" },
  { iss: undefined },
  { sub: "" },
  { sub: "x".repeat(256) },
  { sub: 1 },
])("%j is nobody's", (claims) => {
  expect(() => read(claims)).toThrow(expect.objectContaining({ key: "single_sign_on_failed" }));
});
