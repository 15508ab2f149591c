import { listChunks } from "@/lib/keys";
import { listChunksSchema } from "@/lib/keys/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "batches.chunks",
  role: "support",
  input: listChunksSchema,
  verb: listChunks,
});
