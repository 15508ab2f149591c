import type { OperationDetail } from "@/lib/operations";

type Why = "undecidable" | "unread" | "conflict" | "too_many_keys" | "foreign_keys";
type Looked = Pick<OperationDetail, "needsManualResolution"> & { readings: readonly { conclusion: string }[] };

/**
 * Why a person must decide: a key of the `operations.person` messages. "unread": not that the readings fit both explanations,
 * but that none could be taken after the quiet period; reading goes on, and may be first.
 */
export function whyManual({ needsManualResolution, readings }: Looked): Why {
  const undecided = readings.at(-1)?.conclusion === "undecided";
  return needsManualResolution === "undecidable" && !undecided ? "unread" : (needsManualResolution as Why);
}
