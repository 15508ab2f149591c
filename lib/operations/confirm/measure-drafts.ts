import "server-only";
import type { Settings } from "@/lib/settings/schemas";
import type { OperationRow } from "../journal/transition-operation";
import type { ConfirmableKind } from "../operation-kind";

/**
 * `large`: a fresh proof is needed. `toType`: the number in the phrase that must be typed. `noteMissing`: one of them is
 * so large that it needs a note, and has none.
 */
type Measured = { large: boolean; toType: number | null; noteMissing: boolean };

/**
 * How large a confirmation of these drafts together is. Pure. Drafts of several previews may come in one request: they
 * count as one preview of so many.
 */
export function measureDrafts<T>(
  kind: ConfirmableKind<T>,
  drafts: readonly OperationRow[],
  settings: Pick<Settings, "step_up" | "typed_phrase" | "reason_required">,
): Measured {
  const stakes = drafts.map((draft) => {
    const previewedTogether = Math.max(draft.previewedTogether ?? 1, drafts.length);
    return kind.stakeOf({ ...draft, previewedTogether }, settings);
  });
  const calls = stakes.reduce((sum, stake) => sum + stake.calls, 0);
  const toType = stakes.reduce<number | null>(
    (most, stake) => ((stake.toType ?? 0) > (most ?? 0) ? stake.toType : most),
    null,
  );
  const noteMissing = stakes.some(({ needsNote }, i) => needsNote && !drafts[i]?.note);
  return { large: calls > settings.step_up.calls || toType !== null, toType, noteMissing };
}
