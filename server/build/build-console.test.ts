import { afterEach, expect, test } from "vitest";
import { buildEnv } from "./build-console";

const KEY = "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY";
const given = process.env[KEY];
afterEach(() => {
  if (given === undefined) delete process.env[KEY];
  else process.env[KEY] = given;
});

test("each build names its actions by a key of its own, also when the caller has one", () => {
  process.env[KEY] = "k".repeat(44);
  const [first, second] = [buildEnv()[KEY], buildEnv()[KEY]];
  expect(Buffer.from(first ?? "", "base64")).toHaveLength(32);
  expect(new Set([first, second, process.env[KEY]]).size).toBe(3);
});
