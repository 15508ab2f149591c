import { describe, expect, test } from "vitest";
import { EnvError, parseEnv } from "./env";

const messageOf = (source: Record<string, string>): string => {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  return "accepted";
};

test("nothing set is a good configuration, and an empty value counts as unset", () => {
  expect(parseEnv({ PORT: "" })).toMatchObject({ PORT: 3000, QUIET_PERIOD_SECONDS: 600, TZ_DISPLAY: "Asia/Shanghai" });
});

test("every bad variable is named, and no value is quoted", () => {
  const message = messageOf({ PORT: "99999", AUTH_SECRET: "hunter2", LOG_LEVEL: "loud" });
  expect(message).toMatch(
    /PORT: must be at most 65535.*AUTH_SECRET: must be at least 32 characters.*LOG_LEVEL: must be one of/,
  );
  expect(message).not.toMatch(/99999|hunter2|loud/);
});

test.each([
  [{ ESPAI_BASE_URL: "api.espai.fun" }, "ESPAI_BASE_URL: must be an address that begins with https:// or http://"],
  [{ TALKBOT_BASE_URL: "ftp://host" }, "TALKBOT_BASE_URL: must be an address that begins with https:// or http://"],
  [{ DATABASE_URL: "mysql://host/db" }, "DATABASE_URL: must begin with postgres://"],
  [{ SYNC_INTERVAL_SECONDS: "often" }, "SYNC_INTERVAL_SECONDS: must be a whole number"],
  [{ QUIET_PERIOD_SECONDS: "1.5" }, "QUIET_PERIOD_SECONDS: must be a whole number"],
  [{ HOST: "http://0.0.0.0" }, "HOST: has the wrong form"],
  [{ DEMO_USERS: "yes" }, "DEMO_USERS: must be one of 0, 1, true, false"],
  [{ ADMIN_USER: "ming" }, "ADMIN_PASSWORD: ADMIN_USER and ADMIN_PASSWORD go together"],
])("%j is refused with a sentence", (source, words) => {
  expect(messageOf(source)).toBe(`Bad configuration. ${words}`);
});

describe("the time zone", () => {
  test.each(["Asia/Shanghai", "UTC", "America/New_York"])("%s is one", (TZ_DISPLAY) => {
    expect(parseEnv({ TZ_DISPLAY }).TZ_DISPLAY).toBe(TZ_DISPLAY);
  });

  test.each(["Nowhere/City", "+08:00", "8"])("%s is none and stops the start", (TZ_DISPLAY) => {
    expect(messageOf({ TZ_DISPLAY })).toMatch(/TZ_DISPLAY: is not a time zone/);
  });
});

describe("a quiet period under a minute", () => {
  const short = { QUIET_PERIOD_SECONDS: "59" };

  test("is refused with an upstream elsewhere", () => {
    expect(messageOf({ ...short, ESPAI_API_KEY: "k" })).toMatch(/QUIET_PERIOD_SECONDS: must be at least 60/);
    const potato = { POTATO_ASK_KEY: "k", POTATO_BASE_URL: "https://127.0.0.1.example.org" };
    expect(messageOf({ ...short, ...potato })).toMatch(/QUIET_PERIOD_SECONDS/);
  });

  test.each(["http://localhost:4000", "http://127.0.0.1:4000", "http://[::1]:4000"])("is allowed with %s", (url) => {
    const standIn = { ESPAI_API_KEY: "k", ESPAI_BASE_URL: url };
    expect(parseEnv({ ...short, ...standIn }).QUIET_PERIOD_SECONDS).toBe(59);
  });

  test("is allowed while no upstream is configured", () => {
    expect(parseEnv(short).QUIET_PERIOD_SECONDS).toBe(59);
  });
});
