import { listBatches } from "@/lib/batches/list-batches";
import { listBatchesSchema } from "@/lib/batches/schemas";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({
  name: "keys.list",
  role: "support",
  input: listBatchesSchema,
  verb: listBatches,
});
