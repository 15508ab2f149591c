import { getOperation, getOperationSchema } from "@/lib/operations/read/get-operation";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "operations.get",
  role: "support",
  input: getOperationSchema,
  verb: getOperation,
});
