import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout, type CalloutTone } from "@/components/ui/callout";
import { DateTime } from "@/components/ui/value/date-time";
import type { OperationDetail } from "@/lib/operations";
import type { OperationState } from "@/lib/operations/types";
import { findMessage } from "@/lib/web/i18n/find-message";

const tones: Record<OperationState, CalloutTone> = {
  draft: "info",
  intent: "info",
  sent: "info",
  done: "done",
  refused: "danger",
  not_sent: "warning",
  unknown: "unknown",
  applied: "done",
  not_applied: "warning",
  settled: "info",
};

/** An operation's outcome in one sentence, with its reason; while unknown, how reconciliation proceeds. */
export function OutcomePanel({
  operation,
  title,
  children,
}: {
  operation: OperationDetail;
  title?: string;
  children?: ReactNode;
}) {
  const t = useTranslations("operations");
  const states = useTranslations("types.operationState");
  const { state, reason, upstreamMessage } = operation;
  const reasonText = reason && findMessage(t, `reason.${reason}`);
  return (
    <Callout tone={tones[state]} role="status" title={title ?? states(state)}>
      <p>{t(state === "unknown" && operation.needsManualResolution ? "stateHint.manual" : `stateHint.${state}`)}</p>
      {state === "settled" && operation.settledAs && (
        <p>
          {t(`settledAs.${operation.settledAs}`)}
          {operation.settledByName && <> · {operation.settledByName}</>}
          {operation.settledReason && t("settledReason", { reason: operation.settledReason })}
        </p>
      )}
      {reasonText && <p className="mt-1">{reasonText}</p>}
      {upstreamMessage && (
        <p className="mt-1 text-soft text-sm">
          {t.rich("detail.upstreamWords", { words: () => <q dir="auto">{upstreamMessage}</q> })}
        </p>
      )}
      {state === "unknown" && !operation.needsManualResolution && <Finding operation={operation} />}
      {children}
    </Callout>
  );
}

function Finding({ operation }: { operation: OperationDetail }) {
  const t = useTranslations("operations");
  const checks = operation.readings.filter((reading) => reading.conclusion !== "before").length;
  return (
    <div className="mt-1 text-sm">
      {operation.kind !== "generate" && <p>{t("finding.explain")}</p>}
      <p className="text-soft">
        {t("finding.checks", { count: checks })}
        {operation.quietAt && <> · {t.rich("finding.quiet", { time: () => <DateTime value={operation.quietAt} /> })}</>}
      </p>
    </div>
  );
}
