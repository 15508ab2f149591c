"use server";

import { defineAction } from "@/lib/action";
import { lookers } from "@/lib/boot/lookers";
import { getOperationSchema } from "@/lib/operations/get-operation";
import { lookAgain as look, settleOperation, settleSchema } from "@/lib/operations/settle-operation";

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
