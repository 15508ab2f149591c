import { listChunks } from "@/lib/batches/list-chunks";
import { listChunksSchema } from "@/lib/batches/schemas";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({
  name: "keys.chunks",
  role: "support",
  input: listChunksSchema,
  verb: listChunks,
});
