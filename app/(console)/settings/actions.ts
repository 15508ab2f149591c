"use server";

import { changeSetting, pauseWrites, resumeWrites } from "@/lib/settings";
import { changeSettingSchema, pauseWritesSchema, resumeWritesSchema } from "@/lib/settings/schemas";
import { defineAction } from "@/lib/web/action";

export const changeSettingAction = defineAction({
  name: "settings.change",
  role: "admin",
  input: changeSettingSchema,
  verb: changeSetting,
});

export const pauseWritesAction = defineAction({
  name: "settings.pause-writes",
  role: "admin",
  input: pauseWritesSchema,
  verb: pauseWrites,
});

export const resumeWritesAction = defineAction({
  name: "settings.resume-writes",
  role: "admin",
  input: resumeWritesSchema,
  verb: resumeWrites,
});
