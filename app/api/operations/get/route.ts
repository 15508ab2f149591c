import { getOperation, getOperationSchema } from "@/lib/operations/get-operation";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({
  name: "operations.get",
  role: "support",
  input: getOperationSchema,
  verb: getOperation,
});
