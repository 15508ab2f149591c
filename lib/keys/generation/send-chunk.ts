import "server-only";
import type { Ctx } from "@/lib/context";
import type { OperationRow } from "@/lib/operations";
import { abortIntent, abortReason, sendOperation } from "@/lib/operations";
import type { Reading } from "@/lib/operations/types";
import { potato } from "@/lib/upstream";
import { isKeyType } from "../types";
import { recordChunk } from "./record-chunk";

/**
 * Send a taken chunk: the one place where keys are made. `onCalled` runs when the call has ended well, before its keys
 * are recorded. Null if somebody else took the chunk over.
 */
export async function sendChunk(
  ctx: Ctx,
  intent: OperationRow,
  mark: Reading | null,
  onCalled: () => void,
): Promise<OperationRow | null> {
  const { params } = intent;
  if (params.kind !== "generate" || !isKeyType(params.keyType)) throw new Error("not a chunk of a batch");
  const { keyType: type, count: total } = params;
  try {
    return await sendOperation({
      ctx,
      id: intent.id,
      upstream: "potato",
      baseline: mark,
      call: async () => {
        const outcome = await potato().createKeys({ type, total });
        if (outcome.kind === "done") onCalled();
        return outcome;
      },
      effects: recordChunk(ctx),
    });
  } catch (error) {
    // Nothing was sent; if that can't be written down now either, recovery will.
    await abortIntent(ctx, intent.id, abortReason(error), null).catch(() => {});
    throw error;
  }
}
