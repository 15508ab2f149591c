"use server";

import {
  confirmMany,
  confirmOperation,
  previewDestroy,
  previewTransfer,
  reconcileNow as reconcileOperationNow,
  settleOperation,
} from "@/lib/operations";
import {
  confirmManySchema,
  confirmSchema,
  getOperationSchema,
  previewDestroySchema,
  previewTransferSchema,
  settleSchema,
} from "@/lib/operations/schemas";
import { reconcilers } from "@/lib/runtime";
import { defineAction } from "@/lib/web/action";

export const previewTransferAction = defineAction({
  name: "transfer.preview",
  role: "operator",
  input: previewTransferSchema,
  verb: previewTransfer,
});

export const confirmTransferAction = defineAction({
  name: "transfer.confirm",
  role: "operator",
  input: confirmSchema,
  verb: ({ ctx, input }) => confirmOperation({ ctx, input, kind: "transfer" }),
});

export const previewDestroyAction = defineAction({
  name: "destroy.preview",
  role: "operator",
  input: previewDestroySchema,
  verb: previewDestroy,
});

export const confirmDestroyAction = defineAction({
  name: "destroy.confirm",
  role: "operator",
  input: confirmManySchema,
  verb: ({ ctx, input }) => confirmMany({ ctx, input, kind: "destroy" }),
});

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
  verb: ({ ctx, input }) => reconcileOperationNow({ ctx, input, reconcilers }),
});
