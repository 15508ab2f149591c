"use server";

import {
  confirmMany,
  confirmOperation,
  destroyKind,
  previewDestroy,
  previewTransfer,
  transferKind,
} from "@/lib/operations";
import {
  confirmManySchema,
  confirmSchema,
  previewDestroySchema,
  previewTransferSchema,
} from "@/lib/operations/schemas";
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
  verb: ({ ctx, input }) => confirmMany({ ctx, input, kind: destroyKind }),
});
