import { operationKinds } from "@/lib/operation-kinds";
import { listOperations } from "@/lib/operations";
import { listOperationsSchema } from "@/lib/operations/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "operations.list",
  role: "support",
  input: listOperationsSchema,
  verb: ({ ctx, input }) => listOperations({ ctx, input, kinds: operationKinds }),
});
