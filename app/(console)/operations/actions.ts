"use server";

import { reconcileNow as look, settleOperation } from "@/lib/operations";
import { getOperationSchema, settleSchema } from "@/lib/operations/schemas";
import { reconcilers } from "@/lib/runtime";
import { defineAction } from "@/lib/web/action";

export const settle = defineAction({
  name: "operations.settle",
  role: "admin",
  input: settleSchema,
  verb: settleOperation,
});

export const reconcileNow = defineAction({
  name: "operations.reconcileNow",
  role: "admin",
  input: getOperationSchema,
  verb: ({ ctx, input }) => look({ ctx, input, reconcilers }),
});
