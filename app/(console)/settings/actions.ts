"use server";

import { changeSetting, pauseWrites, resumeWrites } from "@/lib/settings";
import { changeSettingSchema, pauseWritesSchema, resumeWritesSchema } from "@/lib/settings/schemas";
import { defineAction } from "@/lib/web/action";

export const changeSettingAction = defineAction({
  name: "settings.change",
  role: "admin",
  input: changeSettingSchema,
  freshProof: true,
  verb: changeSetting,
});

/** The emergency brake: nobody is asked for a password before it. */
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
  freshProof: true,
  verb: resumeWrites,
});
