"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useWriteBlock } from "@/app/(console)/_components/use-write-block";
import { useAction } from "@/components/actions/use-action";
import { BackLink } from "@/components/back-link";
import { CopyButton } from "@/components/clipboard/copy-button";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { loadWhenOnline } from "@/components/load-when-online";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { type Description, DescriptionList } from "@/components/ui/description-list";
import { DateTime } from "@/components/ui/value/date-time";
import type { OperationDetail } from "@/lib/operations";
import { findMessage } from "@/lib/web/i18n/find-message";
import { CardLink } from "../../_components/card-link";
import { OutcomePanel } from "../../_components/outcome-panel";
import { ReceiptButtons } from "../../_components/receipt-buttons";
import { StateBadge } from "../../_components/state-badge";
import { useOperationSummary } from "../../_components/use-operation-summary";
import { reconcileNow } from "../../actions";
import { operationQuery } from "../../query-options";
import { EvidenceTable } from "./evidence-table";
import type { FollowUp } from "./follow-up-dialog";
import { ManualResolutionPanel } from "./manual-resolution-panel";

const FollowUpDialog = dynamic(() => loadWhenOnline(() => import("./follow-up-dialog").then((m) => m.FollowUpDialog)));
const RetryDialog = dynamic(() => loadWhenOnline(() => import("./retry-dialog").then((m) => m.RetryDialog)));

type Props = { initial: OperationDetail; canSettle: boolean; canWrite: boolean };

/** One operation, polled: its outcome, the evidence, and the actions on it. */
export function OperationScreen({ initial, canSettle, canWrite }: Props) {
  const t = useTranslations("operations");
  const kinds = useTranslations("types.operation");
  const summarize = useOperationSummary();
  const { data: operation = initial, refetch } = useQuery({ ...operationQuery(initial.id), initialData: initial });
  const { run, pending, error } = useAction(reconcileNow, {
    effect: "none",
    invalidates: [operationQuery(initial.id).queryKey],
  });
  const writeBlock = useWriteBlock("espai");
  const [retrying, setRetrying] = useState(false);
  const [followUp, setFollowUp] = useState<FollowUp | null>(null);

  return (
    <div className="grid gap-4">
      <PageHeader
        back={<BackLink href="/operations" />}
        title={`${kinds(operation.kind)} ${summarize(operation)}`}
        note={<StateBadge state={operation.state} />}
        actions={
          <>
            {operation.state === "unknown" && canSettle && (
              <Button icon="refresh" pending={pending} onClick={() => run({ operationId: operation.id })}>
                {t("checkNow")}
              </Button>
            )}
            {operation.retryable && canWrite && (
              <Button disabledReason={writeBlock} onClick={() => setRetrying(true)}>
                {t("retry")}
              </Button>
            )}
            {operation.reversible && canWrite && (
              <Button disabledReason={writeBlock} onClick={() => setFollowUp("reverse")}>
                {t("reverse")}
              </Button>
            )}
            {operation.mergeable && canWrite && (
              <Button variant="danger" disabledReason={writeBlock} onClick={() => setFollowUp("destroyEmptied")}>
                {t("destroyEmptied")}
              </Button>
            )}
            <ReceiptButtons operation={operation} />
          </>
        }
      />
      {error && <ErrorNotice error={error} />}
      <OutcomePanel operation={operation} />
      {operation.state === "unknown" && operation.needsManualResolution && (
        <ManualResolutionPanel operation={operation} canSettle={canSettle} onSettled={refetch} />
      )}
      <Panel title={t("detail.fields")}>
        <DescriptionList columns={2} items={useFields(operation)} />
      </Panel>
      {operation.readings.length > 0 && (
        <Panel title={t("detail.evidence")}>
          <EvidenceTable operation={operation} />
        </Panel>
      )}
      {operation.call && (
        <Panel title={t("detail.call")}>
          <CallFields call={operation.call} />
        </Panel>
      )}
      {followUp && (
        <FollowUpDialog
          operation={operation}
          followUp={followUp}
          onClose={() => setFollowUp(null)}
          onChanged={refetch}
        />
      )}
      {retrying && <RetryDialog operation={operation} onClose={() => setRetrying(false)} onChanged={refetch} />}
    </div>
  );
}

function useFields(operation: OperationDetail): Description[] {
  const t = useTranslations("operations");
  const other = (id: string) => (
    <Link href={`/operations/${id}`} className="font-mono text-accent hover:underline">
      {id.slice(0, 8)}
    </Link>
  );
  const optional = (label: string, value: React.ReactNode, shown: unknown): Description[] =>
    shown ? [{ label, value }] : [];
  return [
    ...optional(
      t(operation.target ? "detail.source" : "detail.card"),
      operation.source && <CardLink card={operation.source} />,
      operation.source,
    ),
    ...optional(t("detail.target"), operation.target && <CardLink card={operation.target} />, operation.target),
    { label: t("detail.by"), value: <bdi>{operation.actorName}</bdi> },
    ...optional(t("receipt.note"), <bdi className="break-words">{operation.note}</bdi>, operation.note),
    ...optional(t("receipt.reference"), <bdi className="break-words">{operation.reference}</bdi>, operation.reference),
    { label: t("detail.started"), value: <DateTime value={operation.createdAt} /> },
    { label: t("detail.sent"), value: <DateTime value={operation.sentAt} /> },
    { label: t("detail.ended"), value: <DateTime value={operation.endedAt} /> },
    { label: t("detail.finished"), value: <DateTime value={operation.finishedAt} /> },
    {
      label: t("detail.requestId"),
      value: operation.requestId ? <CopiedId id={operation.requestId} label={t("detail.copyRequestId")} /> : "—",
    },
    { label: t("columns.id"), value: <CopiedId id={operation.id} label={t("detail.copyId")} /> },
    ...optional(t("detail.retryOf"), operation.retryOf && other(operation.retryOf), operation.retryOf),
    ...optional(t("detail.retriedBy"), operation.retriedBy && other(operation.retriedBy), operation.retriedBy),
    ...optional(t("detail.reverses"), operation.reverses && other(operation.reverses), operation.reverses),
    ...optional(t("detail.reversedBy"), operation.reversedBy && other(operation.reversedBy), operation.reversedBy),
    ...optional(t("detail.mergeOf"), operation.mergeOf && other(operation.mergeOf), operation.mergeOf),
    ...optional(t("detail.mergedBy"), operation.mergedBy && other(operation.mergedBy), operation.mergedBy),
    ...optional(
      t("detail.batch"),
      <Link href={`/keys/${operation.batchId}`} className="text-accent hover:underline">
        {t("detail.openBatch")}
      </Link>,
      operation.batchId,
    ),
  ];
}

function CopiedId({ id, label }: { id: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <code className="text-xs [overflow-wrap:anywhere]">{id}</code>
      <CopyButton text={id} label={label} />
    </span>
  );
}

function CallFields({ call }: { call: NonNullable<OperationDetail["call"]> }) {
  const t = useTranslations("operations");
  return (
    <>
      <DescriptionList
        columns={2}
        items={[
          { label: t("detail.phase"), value: findMessage(t, `phase.${call.phase}`) ?? call.phase },
          { label: t("detail.status"), value: call.status ?? "—" },
          { label: t("detail.took"), value: t("ms", { ms: call.ms }) },
          { label: t("detail.fault"), value: call.fault ? <FaultText fault={call.fault} /> : "—" },
        ]}
      />
      {call.body && (
        <details className="mt-2">
          <summary className="cursor-pointer text-soft">{t("detail.body")}</summary>
          <pre className="mt-1 overflow-x-auto whitespace-pre-wrap rounded-md bg-sunken p-2 text-sm [overflow-wrap:anywhere]">
            {call.body}
          </pre>
        </details>
      )}
    </>
  );
}

/** In words; the code is what the log has. */
function FaultText({ fault }: { fault: string }) {
  const t = useTranslations("operations");
  const words = findMessage(t, `reason.${fault}`);
  return words ? <span title={fault}>{words}</span> : <code>{fault}</code>;
}
