import { getBatch } from "@/lib/keys";
import { batchSchema } from "@/lib/keys/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "batches.get", role: "support", input: batchSchema, verb: getBatch });
