"use server";

import { getOperationSchema } from "@/lib/operations/read/get-operation";
import { lookAgain as look, settleOperation, settleSchema } from "@/lib/operations/reconcile/settle-operation";
import { lookers } from "@/lib/runtime/reconcilers";
import { defineAction } from "@/lib/web/action";

export const settle = defineAction({
  name: "operations.settle",
  role: "admin",
  input: settleSchema,
  verb: settleOperation,
});

export const lookAgain = defineAction({
  name: "operations.lookAgain",
  role: "admin",
  input: getOperationSchema,
  verb: ({ ctx, input }) => look({ ctx, input, lookers }),
});
