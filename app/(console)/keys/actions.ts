"use server";

import { cancelBatch, createBatch, isLargeBatch, pauseBatch, resumeBatch, revealKey } from "@/lib/keys";
import { batchSchema, createBatchSchema, revealKeySchema } from "@/lib/keys/schemas";
import { defineAction } from "@/lib/web/action";

export const create = defineAction({
  name: "keys.create",
  role: "operator",
  input: createBatchSchema,
  freshProof: isLargeBatch,
  verb: createBatch,
});
export const pause = defineAction({ name: "keys.pause", role: "operator", input: batchSchema, verb: pauseBatch });
export const resume = defineAction({ name: "keys.resume", role: "operator", input: batchSchema, verb: resumeBatch });
export const cancel = defineAction({ name: "keys.cancel", role: "operator", input: batchSchema, verb: cancelBatch });
export const reveal = defineAction({ name: "keys.reveal", role: "operator", input: revealKeySchema, verb: revealKey });
