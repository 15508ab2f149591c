import { listOperations, listOperationsSchema } from "@/lib/operations/list-operations";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({
  name: "operations.list",
  role: "support",
  input: listOperationsSchema,
  verb: listOperations,
});
