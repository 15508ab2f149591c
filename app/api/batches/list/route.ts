import { listBatches } from "@/lib/keys";
import { listBatchesSchema } from "@/lib/keys/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "batches.list",
  role: "support",
  input: listBatchesSchema,
  verb: listBatches,
});
