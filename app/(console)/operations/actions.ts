"use server";

import { operationKinds } from "@/lib/operation-kinds";
import {
  confirmMany,
  confirmOperation,
  demandsProof,
  describeDrafts,
  destroyKind,
  previewDestroy,
  previewTransfer,
  reconcileNow as reconcile,
  settleOperation,
  transferKind,
} from "@/lib/operations";
import {
  confirmManySchema,
  confirmSchema,
  describeDraftsSchema,
  getOperationSchema,
  previewDestroySchema,
  previewTransferSchema,
  settleSchema,
} from "@/lib/operations/schemas";
import { defineAction } from "@/lib/web/action";
import { destroyPhrase } from "@/lib/web/destroy-phrase";

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
  freshProof: ({ ctx, input }) =>
    demandsProof({ ctx, input: { operationIds: [input.operationId] }, kind: transferKind }),
  verb: ({ ctx, input }) => confirmOperation({ ctx, input, kind: transferKind }),
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
  freshProof: ({ ctx, input }) => demandsProof({ ctx, input, kind: destroyKind }),
  verb: async ({ ctx, input }) => confirmMany({ ctx, input, kind: destroyKind, phrase: await destroyPhrase() }),
});

export const describeDraftsAction = defineAction({
  name: "operations.describe",
  role: "operator",
  input: describeDraftsSchema,
  verb: describeDrafts,
});

export const settle = defineAction({
  name: "operations.settle",
  role: "admin",
  input: settleSchema,
  freshProof: true,
  verb: ({ ctx, input }) => settleOperation({ ctx, input, kinds: operationKinds }),
});

export const reconcileNow = defineAction({
  name: "operations.reconcileNow",
  role: "admin",
  input: getOperationSchema,
  verb: ({ ctx, input }) => reconcile({ ctx, input, kinds: operationKinds }),
});
