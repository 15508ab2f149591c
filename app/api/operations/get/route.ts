import { operationKinds } from "@/lib/operation-kinds";
import { getOperation } from "@/lib/operations";
import { getOperationSchema } from "@/lib/operations/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "operations.get",
  role: "support",
  input: getOperationSchema,
  verb: ({ ctx, input }) => getOperation({ ctx, input, kinds: operationKinds }),
});
