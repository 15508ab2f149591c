"use server";

import { finishFollowUp, handOverFollowUp, openFollowUp } from "@/lib/follow-ups";
import { finishFollowUpSchema, handOverFollowUpSchema, openFollowUpSchema } from "@/lib/follow-ups/schemas";
import { defineAction } from "@/lib/web/action";

export const openFollowUpAction = defineAction({
  name: "followUps.open",
  role: "support",
  input: openFollowUpSchema,
  verb: openFollowUp,
});

export const finishFollowUpAction = defineAction({
  name: "followUps.finish",
  role: "support",
  input: finishFollowUpSchema,
  verb: finishFollowUp,
});

export const handOverFollowUpAction = defineAction({
  name: "followUps.handOver",
  role: "support",
  input: handOverFollowUpSchema,
  verb: handOverFollowUp,
});
