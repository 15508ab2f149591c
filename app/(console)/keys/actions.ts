"use server";

import { cancelBatch } from "@/lib/keys/batches/cancel-batch";
import { createBatch } from "@/lib/keys/batches/create-batch";
import { pauseBatch } from "@/lib/keys/batches/pause-batch";
import { resumeBatch } from "@/lib/keys/batches/resume-batch";
import { batchSchema, createBatchSchema, revealKeySchema } from "@/lib/keys/schemas";
import { revealKey } from "@/lib/keys/vault/reveal-key";
import { defineAction } from "@/lib/web/action";

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
