"use server";

import { operationKinds } from "@/lib/operation-kinds";
import { reconcileNow as reconcile, settleOperation } from "@/lib/operations";
import { getOperationSchema, settleSchema } from "@/lib/operations/schemas";
import { defineAction } from "@/lib/web/action";

export const settle = defineAction({
  name: "operations.settle",
  role: "admin",
  input: settleSchema,
  verb: ({ ctx, input }) => settleOperation({ ctx, input, kinds: operationKinds }),
});

export const reconcileNow = defineAction({
  name: "operations.reconcileNow",
  role: "admin",
  input: getOperationSchema,
  verb: ({ ctx, input }) => reconcile({ ctx, input, kinds: operationKinds }),
});
