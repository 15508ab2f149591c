import { getOperation } from "@/lib/operations";
import { getOperationSchema } from "@/lib/operations/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "operations.get",
  role: "support",
  input: getOperationSchema,
  verb: getOperation,
});
