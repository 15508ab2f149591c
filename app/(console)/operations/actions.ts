"use server";

import { getOperationSchema } from "@/lib/operations/read/get-operation";
import { reconcileNow as look } from "@/lib/operations/reconcile/reconcile-now";
import { settleOperation, settleSchema } from "@/lib/operations/reconcile/settle-operation";
import { reconcilers } from "@/lib/runtime/reconcilers";
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
