import { listOperations, listOperationsSchema } from "@/lib/operations/read/list-operations";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "operations.list",
  role: "support",
  input: listOperationsSchema,
  verb: listOperations,
});
