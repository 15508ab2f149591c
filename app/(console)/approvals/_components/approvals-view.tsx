"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useListQuery } from "@/app/(console)/_components/use-list-query";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { EmptyState } from "@/components/feedback/empty-state";
import { useNavigate } from "@/components/navigation/use-navigate";
import { ChoiceField } from "@/components/ui/form/choice-field";
import type { ApprovalList, ApprovalView } from "@/lib/approvals";
import { APPROVAL_STATES } from "@/lib/approvals/types";
import { approvalListQuery } from "../query-options";
import { type ApprovalQuery, approvalParams, approvalQueryOf } from "../search-params";
import { ApprovalBadge } from "./approval-badge";
import { useApprovalTitle } from "./use-approval-title";

/** The approval table: what waits for a decision first; the filter is in the URL. */
export function ApprovalsView({ initialQuery, initial }: { initialQuery: ApprovalQuery; initial: ApprovalList }) {
  const t = useTranslations("approvals");
  const navigate = useNavigate();
  const [params, setParams] = useQueryStates(approvalParams, { history: "push" });
  const query = approvalQueryOf(params);
  const { table } = useListQuery({
    query,
    optionsOf: approvalListQuery,
    initialQuery,
    initial,
    onPage: setParams,
  });
  const columns = useColumns();

  return (
    <>
      <search aria-label={t("filters")} className="mb-3 block max-w-52">
        <ChoiceField
          label={t("filter.state")}
          any={t("filter.any")}
          options={APPROVAL_STATES}
          name={(state) => t(`state.${state}`)}
          value={params.state}
          onChange={(state) => setParams({ state, page: 1 })}
        />
      </search>
      <DataTable
        id="approvals"
        caption={t("caption")}
        columns={columns}
        {...table}
        rowKey={(row) => row.id}
        onOpenRow={(row) => navigate(`/approvals/${row.id}`)}
        empty={
          <EmptyState icon="check" title={params.state ? t("emptyFiltered") : t("empty")}>
            {!params.state && t("emptyHint")}
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns(): Column<ApprovalView>[] {
  const t = useTranslations("approvals");
  const titleOf = useApprovalTitle();
  const { times } = useCells<ApprovalView>();
  return [
    {
      id: "requestedAt",
      header: t("columns.requestedAt"),
      ...times((row) => row.requestedAt),
      width: "11rem",
    },
    {
      id: "state",
      header: t("columns.state"),
      cell: (row) => <ApprovalBadge state={row.state} />,
      width: "10rem",
      narrow: "value",
    },
    { id: "what", header: t("columns.what"), cell: titleOf, narrow: "title" },
    {
      id: "requestedBy",
      header: t("columns.requestedBy"),
      cell: (row) => <bdi>{row.requestedByName}</bdi>,
      width: "9rem",
    },
    {
      id: "reason",
      header: t("columns.reason"),
      cell: (row) => <bdi className="[overflow-wrap:anywhere]">{row.reason}</bdi>,
    },
    {
      id: "expiresAt",
      header: t("columns.expiresAt"),
      ...times((row) => row.expiresAt),
      width: "11rem",
      narrow: "none",
    },
  ];
}
