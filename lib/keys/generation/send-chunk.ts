import "server-only";
import type { Ctx } from "@/lib/context";
import { type OperationRow, paramsOf, sendOperation } from "@/lib/operations";
import type { Reading } from "@/lib/operations/types";
import { isKeyType } from "../types";
import { generateKind } from "./generate-kind";

/**
 * Send a claimed chunk: the one place where keys are made. `onSuccess` runs when the call has succeeded, before its keys
 * are recorded. Null if the chunk was lost to a concurrent writer.
 */
export async function sendChunk(
  ctx: Ctx,
  intent: OperationRow,
  baseline: Reading | null,
  onSuccess: () => void,
): Promise<OperationRow | null> {
  // Before anything is journalled: a type the upstream does not know must not become a call.
  if (!isKeyType(paramsOf("generate", intent).keyType)) throw new Error("not a chunk of a batch");
  return sendOperation({ ctx, kind: generateKind, intent, baseline, onSuccess });
}
