import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { changeSetting } from "./change-setting";
import { readSecondFactorExposure } from "./read-second-factor-exposure";
import { readSecondFactorPolicy } from "./read-second-factor-policy";
import type { SecondFactorPolicy } from "./second-factor-policy";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

const choose = (requiredFor: SecondFactorPolicy) =>
  changeSetting({ ctx: room.as("admin"), input: { key: "second_factor", value: { requiredFor } } });

test("the setting says who must, unless SECOND_FACTOR says everybody or nobody", async () => {
  const ctx = room.as("admin");
  expect(await readSecondFactorPolicy({ ctx })).toBe("nobody");
  await choose("operators");
  expect(await readSecondFactorPolicy({ ctx })).toBe("operators");
  room.setEnv({ SECOND_FACTOR: "required" });
  expect(await readSecondFactorPolicy({ ctx })).toBe("everybody");
  room.setEnv({ SECOND_FACTOR: "off" });
  expect(await readSecondFactorPolicy({ ctx })).toBe("nobody");
  room.setEnv({ SECOND_FACTOR: "" });
});

test.each([
  ["https://cardesk.example", "nobody", true],
  ["https://cardesk.example", "admins", false],
  ["https://localhost:3000", "nobody", false],
  ["https://127.0.0.1", "nobody", false],
  ["http://10.0.0.5", "nobody", false],
  ["", "nobody", false],
] as const)("at %s with %s who must, administrators are warned: %s", async (url, policy, warned) => {
  await choose(policy);
  room.setEnv({ APP_URL: url });
  expect(await readSecondFactorExposure({ ctx: room.as("admin") })).toBe(warned);
});
