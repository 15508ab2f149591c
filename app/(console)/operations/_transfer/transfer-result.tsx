import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useWriteBlock } from "@/app/(console)/_components/use-write-block";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { Spinner } from "@/components/ui/spinner";
import type { OperationState } from "@/lib/operations/types";
import { publicErrorOf } from "@/lib/web/post-json";
import { CardLink } from "../_components/card-link";
import { OutcomePanel } from "../_components/outcome-panel";
import { ReceiptButtons } from "../_components/receipt-buttons";
import { useOperationSummary } from "../_components/use-operation-summary";
import { operationQuery } from "../query-options";

const titles = {
  done: "resultDone",
  refused: "resultRefused",
  not_sent: "resultNotSent",
  unknown: "resultUnknownTitle",
  applied: "resultApplied",
  not_applied: "resultNotApplied",
  settled: "resultSettled",
  sent: "resultSent",
  intent: "resultSent",
} as const satisfies Partial<Record<OperationState, string>>;

type Props = {
  operationId: string;
  /** Whether the confirmation was answered; if not, only the journal knows the outcome. */
  answered: boolean;
  pending: boolean;
  onConfirmAgain: () => void;
  onPreviewAgain: () => void;
  /** Go on to the second half of a merge. */
  onDestroyEmptied: (mergeOf: string) => void;
};

/** The outcome of a confirmed transfer, read from the journal and polled until it is final. */
export function TransferResult(props: Props) {
  const { operationId, answered, pending, onConfirmAgain, onPreviewAgain, onDestroyEmptied } = props;
  const t = useTranslations("transfer");
  const ui = useTranslations("ui");
  const words = useTranslations("operations");
  const writeBlock = useWriteBlock("espai");
  const summarize = useOperationSummary();
  const { data: operation, error, refetch } = useQuery({ ...operationQuery(operationId), retry: 3 });

  if (!operation) {
    if (error) return <ErrorNotice error={publicErrorOf(error)} onRetry={refetch} />;
    return (
      <p role="status" className="flex items-center gap-2 py-6 text-soft">
        <Spinner /> {ui("loading")}
      </p>
    );
  }
  if (operation.state === "draft") {
    // The confirmation never reached the server. Sending the same id again is safe: it makes at most one call.
    return (
      <div className="grid gap-3 pb-3">
        <ErrorNotice error={{ code: "unavailable", key: answered ? "unavailable" : "no_connection" }} />
        <p>{words("stateHint.draft")}</p>
        <Button variant="primary" pending={pending} onClick={onConfirmAgain}>
          {t("verb", { amount: operation.amount ?? 0 })}
        </Button>
      </div>
    );
  }
  const state = operation.state;
  return (
    <div className="grid gap-3 pb-3">
      <OutcomePanel operation={operation} title={t(titles[state])} />
      {operation.source && operation.target && (
        <p className="flex flex-wrap items-baseline gap-x-2">
          <strong className="text-lg">{summarize(operation)}</strong>
          <CardLink card={operation.source} />
          <span aria-hidden="true" className="text-faint">
            →
          </span>
          <CardLink card={operation.target} />
        </p>
      )}
      {operation.mergeable && (
        <Callout
          title={t("mergeNext")}
          actions={
            <Button variant="danger" disabledReason={writeBlock} onClick={() => onDestroyEmptied(operation.id)}>
              {words("destroyEmptied")}
            </Button>
          }
        >
          {t("mergeNextHint")}
        </Callout>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <ReceiptButtons operation={operation} />
        <Link href={`/operations/${operation.id}`} className="text-accent hover:underline">
          {t("openOperation")}
        </Link>
        {operation.retryable && (
          <Button disabledReason={writeBlock} onClick={onPreviewAgain}>
            {t("again")}
          </Button>
        )}
      </div>
    </div>
  );
}
