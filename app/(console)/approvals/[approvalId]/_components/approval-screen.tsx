"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { BackLink } from "@/components/back-link";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { type Description, DescriptionList } from "@/components/ui/description-list";
import { DateTime } from "@/components/ui/value/date-time";
import type { ApprovalDetail } from "@/lib/approvals";
import type { DailyUse } from "@/lib/limits";
import { ApprovalBadge } from "../../_components/approval-badge";
import { useApprovalTitle } from "../../_components/use-approval-title";
import { approvalQuery } from "../../query-options";
import { AccountContent } from "./account-content";
import { ApprovalStatus } from "./approval-status";
import { BatchContent, OperationsContent } from "./content";

/** One approval: what is to be done by whom, what it changes, and why it is wanted. Polled while it is open. */
export function ApprovalScreen({ initial }: { initial: ApprovalDetail }) {
  const t = useTranslations("approvals");
  const titleOf = useApprovalTitle();
  const { data: approval } = useQuery({ ...approvalQuery(initial.id), initialData: initial });
  return (
    <div className="grid max-w-4xl gap-4">
      <PageHeader
        back={<BackLink href="/approvals" />}
        title={titleOf(approval)}
        note={<ApprovalBadge state={approval.state} />}
      />
      <ApprovalStatus approval={approval} />
      <Panel title={t(approval.batch ? "columns.what" : "detail.content")}>
        <Content approval={approval} />
      </Panel>
      <Panel title={t("detail.fields")}>
        <DescriptionList columns={2} items={useFields(approval)} />
      </Panel>
    </div>
  );
}

function Content({ approval }: { approval: ApprovalDetail }) {
  const { batch, account, operations } = approval;
  if (account) return <AccountContent approval={approval} account={account} />;
  if (batch) return <BatchContent batch={batch} created={approval.left === 0} />;
  return <OperationsContent operations={operations} />;
}

function useFields(approval: ApprovalDetail): Description[] {
  const t = useTranslations("approvals.detail");
  const none = <span className="text-faint">{t("none")}</span>;
  const { state, asked } = approval;
  const isOpen = state === "pending" || state === "approved";
  const describeUse = ({ used, limit }: DailyUse): string =>
    isOpen ? t("dailyUseWith", { used, total: used + (asked ?? 0), limit }) : t("dailyUseOf", { used, limit });
  const decided: Description[] = approval.decidedByName
    ? [
        { label: t("decidedBy"), value: <bdi>{approval.decidedByName}</bdi> },
        { label: t("decidedAt"), value: <DateTime value={approval.decidedAt} /> },
        { label: t("decisionReason"), value: approval.decisionReason ? <bdi>{approval.decisionReason}</bdi> : none },
      ]
    : [];
  return [
    { label: t("requestedBy"), value: <bdi>{approval.requestedByName}</bdi> },
    ...(approval.dailyUse ? [{ label: t("dailyUse"), value: describeUse(approval.dailyUse) }] : []),
    { label: t("reason"), value: <bdi className="whitespace-pre-wrap">{approval.reason}</bdi> },
    { label: t("reference"), value: approval.reference ? <bdi>{approval.reference}</bdi> : none },
    { label: t("requestedAt"), value: <DateTime value={approval.requestedAt} /> },
    { label: t("expiresAt"), value: <DateTime value={approval.expiresAt} /> },
    ...decided,
    { label: t("id"), value: <code className="text-sm">{approval.id}</code> },
  ];
}
