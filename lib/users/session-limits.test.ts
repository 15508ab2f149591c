import { expect, test } from "vitest";
import { settingDefaults } from "@/lib/settings/schemas";
import { limitsOf } from "./session-limits";

test.each([
  ["as this version stores them", { idleMinutes: 10, hours: 3 }, { idleMinutes: 10, hours: 3 }],
  ["with a part that a later version added", { idleMinutes: 10, hours: 3, places: 2 }, { idleMinutes: 10, hours: 3 }],
  [
    "without a part that an earlier version did not have",
    { idleMinutes: 10 },
    { ...settingDefaults.sessions, idleMinutes: 10 },
  ],
  ["never stored", undefined, settingDefaults.sessions],
  ["without sense", { idleMinutes: "ten", hours: 3 }, settingDefaults.sessions],
])("limits of sessions, %s", (_, stored, limits) => {
  expect(limitsOf(stored)).toEqual(limits);
});
