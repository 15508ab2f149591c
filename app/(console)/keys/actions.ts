"use server";

import { defineAction } from "@/lib/action";
import { cancelBatch } from "@/lib/batches/cancel-batch";
import { createBatch } from "@/lib/batches/create-batch";
import { pauseBatch } from "@/lib/batches/pause-batch";
import { resumeBatch } from "@/lib/batches/resume-batch";
import { batchSchema, createBatchSchema, revealKeySchema } from "@/lib/batches/schemas";
import { revealKey } from "@/lib/keys/reveal-key";

export const create = defineAction({
  name: "keys.create",
  role: "operator",
  input: createBatchSchema,
  verb: createBatch,
});
export const pause = defineAction({ name: "keys.pause", role: "operator", input: batchSchema, verb: pauseBatch });
export const resume = defineAction({ name: "keys.resume", role: "operator", input: batchSchema, verb: resumeBatch });
export const cancel = defineAction({ name: "keys.cancel", role: "operator", input: batchSchema, verb: cancelBatch });
export const reveal = defineAction({ name: "keys.reveal", role: "operator", input: revealKeySchema, verb: revealKey });
