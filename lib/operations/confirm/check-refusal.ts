import "server-only";
import type { Ctx } from "@/lib/context";
import { log } from "@/lib/core/log";
import type { WriteOutcome } from "@/lib/upstream/types";
import type { OperationRow } from "../journal/transition-operation";
import type { RefusalCheck, SendableKind } from "../operation-kind";

/** An outcome as it may be recorded: a refusal only with the reading that does not contradict it. */
export type CheckedOutcome<T> = {
  outcome: WriteOutcome<T>;
  /** What was read after a refusal, to be kept as evidence. */
  check: RefusalCheck | null;
  /** Why a refusal is recorded as unknown: a code under "operations.reason". */
  doubt: "refusal_contradicted" | "refusal_undecided" | "refusal_unchecked" | "refusal_unproven" | null;
};

/**
 * "Refused" is the upstream's word, not proof: a 401 or 403 may come after the effect. So the cards, or the newest keys,
 * are read once before the refusal is recorded. A reading that contradicts it, fits both, or could not be taken, makes
 * the outcome unknown, and so does one that proves nothing yet, because it may lag behind: the cards stay locked and the
 * reconciler finds out. A crash meanwhile leaves the operation "sent", which becomes unknown too.
 */
export async function checkRefusal<T>(
  ctx: Ctx,
  kind: SendableKind<T>,
  row: OperationRow,
  outcome: WriteOutcome<T>,
): Promise<CheckedOutcome<T>> {
  if (outcome.kind !== "refused" || !kind.checkRefusal) return { outcome, check: null, doubt: null };
  const { message, trace, reason: refusal } = outcome;
  const unknown = { kind: "unknown", fault: "unlisted_failure", message, trace, refusal } as const;
  try {
    const check = await kind.checkRefusal(ctx, row, outcome.reason);
    if (check.holds) return { outcome, check, doubt: null };
    return { outcome: unknown, check, doubt: doubtOf(check) };
  } catch (error) {
    log().warn({ operation: row.id, err: error }, "a refusal could not be checked; it is unknown");
    return { outcome: unknown, check: null, doubt: "refusal_unchecked" };
  }
}

function doubtOf({ verdict }: RefusalCheck): CheckedOutcome<never>["doubt"] {
  if (verdict === "unreadable") return "refusal_unchecked";
  if (verdict === "undecided") return "refusal_undecided";
  return verdict === "pending" ? "refusal_unproven" : "refusal_contradicted";
}
