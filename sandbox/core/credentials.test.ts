import { expect, test } from "vitest";
import { DEFAULT_CREDENTIALS, readCredentials, readSignMode } from "./credentials.ts";

test("credentials come from the environment, each with a default", () => {
  expect(readCredentials({})).toEqual(DEFAULT_CREDENTIALS);
  expect(DEFAULT_CREDENTIALS.espaiKey).toHaveLength(32);
  expect(readCredentials({ SANDBOX_TALKBOT_KEY: "x" })).toEqual({ ...DEFAULT_CREDENTIALS, talkbotKey: "x" });
});

test("the sign mode is none unless set, and one of three", () => {
  expect([readSignMode(undefined), readSignMode(""), readSignMode("v3")]).toEqual(["none", "none", "v3"]);
  expect(() => readSignMode("v2")).toThrow("SANDBOX_POTATO_SIGN must be none, v1 or v3");
});
