import "server-only";
import { paramsOf, type SendableKind } from "@/lib/operations";
import type { CreatedKeys } from "@/lib/upstream";
import { potato } from "@/lib/upstream";
import { summarizeBatches } from "../batches/summarize-batches";
import { checkChunkRefusal } from "../recovery/check-chunk-refusal";
import { reconcileChunk } from "../recovery/reconcile-chunk";
import { isKeyType } from "../types";
import { recordChunk } from "./record-chunk";

/** Generate one chunk of a batch's keys. An unknown outcome shows in the upstream's list of keys. */
export const generateKind: SendableKind<CreatedKeys, "generate"> = {
  name: "generate",
  // A batch asks for what is missing by itself.
  retryable: false,
  summarize: (row) => {
    const { keyType, count } = paramsOf("generate", row);
    return { keyType, count };
  },
  upstream: "potato",
  send: async (row) => {
    const { keyType: type, count: total } = paramsOf("generate", row);
    if (!isKeyType(type)) throw new RangeError(`${type} is no key type`);
    return potato().createKeys({ type, total });
  },
  checkRefusal: checkChunkRefusal,
  applyOutcome: recordChunk,
  // No applyResolved: the keys that were found are stored by the reconciliation itself.
  reconcile: reconcileChunk,
  summarizeBatches,
};
