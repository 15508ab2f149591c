import "server-only";
import type { Ctx } from "@/lib/context";
import type { OperationRow } from "../journal/transition-operation";
import type { Reading } from "../operation";
import type { ObservableKind, RefusalCheck, Verdict } from "../operation-kind";

/** One reading right after a refusal, and whether the refusal stands beside it. Throws UpstreamError. */
export async function readAfterRefusal(
  ctx: Ctx,
  kind: ObservableKind,
  row: OperationRow,
  stands: (verdict: Verdict, reading: Reading) => boolean,
): Promise<RefusalCheck> {
  const at = ctx.now();
  const reading = await kind.takeReading(ctx, row);
  const verdict = kind.decide({ row, reading, quietPeriodOver: false });
  return { at, reading, verdict, holds: stands(verdict, reading) };
}
