import { getBatch } from "@/lib/batches/get-batch";
import { batchSchema } from "@/lib/batches/schemas";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({ name: "keys.get", role: "support", input: batchSchema, verb: getBatch });
