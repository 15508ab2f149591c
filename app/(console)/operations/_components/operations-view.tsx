"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { EmptyState } from "@/components/feedback/empty-state";
import { useNavigate } from "@/components/navigation/use-navigate";
import type { OperationList, OperationView } from "@/lib/operations";
import { publicErrorOf } from "@/lib/web/post-json";
import { operationListQuery } from "../query-options";
import { type OperationQuery, operationParams, operationQueryOf } from "../search-params";
import { CardLink } from "./card-link";
import { OperationFilters } from "./operation-filters";
import { StateBadge } from "./state-badge";
import { useOperationSummary } from "./use-operation-summary";

/** The operations table: filters in the URL, newest first, polled faster while one is unfinished. */
export function OperationsView({ initialQuery, initial }: { initialQuery: OperationQuery; initial: OperationList }) {
  const t = useTranslations("operations");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [params, setParams] = useQueryStates(operationParams, { history: "push" });
  const query = operationQueryOf(params);
  const isFirst = JSON.stringify(query) === JSON.stringify(initialQuery);
  const { data, error, isPlaceholderData, isFetching, refetch } = useQuery({
    ...operationListQuery(query),
    ...(isFirst && { initialData: initial }),
  });
  const columns = useColumns();
  const failed = error && !data;

  return (
    <>
      <OperationFilters params={params} onChange={(changes) => setParams({ ...changes, page: 1 })} />
      <DataTable
        id="operations"
        caption={t("caption")}
        columns={columns}
        rows={data?.rows ?? []}
        rowKey={(row) => row.id}
        state={failed ? { error: publicErrorOf(error) } : data ? "ready" : "loading"}
        onRetry={refetch}
        onRefresh={refetch}
        refreshing={isPlaceholderData || isFetching}
        onOpenRow={(row) => navigate(`/operations/${row.id}`)}
        empty={
          <EmptyState icon="operations" title={t("empty")}>
            {t("emptyHint")}
          </EmptyState>
        }
        paging={{
          page: query.page,
          size: query.size,
          total: data?.total ?? 0,
          onPage: (page) => setParams({ page }),
          onSize: (size) => setParams({ size: operationParams.size.parse(String(size)), page: 1 }),
          onIntent: (page) => void client.prefetchQuery(operationListQuery({ ...query, page })),
        }}
      />
    </>
  );
}

function useColumns(): Column<OperationView>[] {
  const t = useTranslations("operations");
  const summarize = useOperationSummary();
  const { times, counts } = useCells<OperationView>();
  return useMemo(
    () => [
      {
        id: "createdAt",
        header: t("columns.createdAt"),
        ...times((row) => row.createdAt),
        width: "11rem",
        narrow: "detail",
      },
      {
        id: "state",
        header: t("columns.state"),
        cell: (row) => <StateBadge state={row.state} />,
        narrow: "value",
        width: "9rem",
      },
      {
        id: "kind",
        header: t("columns.kind"),
        cell: (row) => `${t(`kind.${row.kind}`)} ${summarize(row)}`,
        narrow: "title",
      },
      {
        id: "cards",
        header: t("columns.cards"),
        cell: (row) => <Cards row={row} />,
      },
      { id: "actor", header: t("columns.actor"), cell: (row) => <bdi>{row.actorName}</bdi>, width: "8rem" },
      {
        id: "ms",
        header: t("columns.ms"),
        align: "end",
        ...counts((row) => row.call?.ms ?? null),
        width: "6rem",
        narrow: "none",
      },
      {
        id: "id",
        header: t("columns.id"),
        cell: (row) => <code className="text-faint">{row.id.slice(0, 8)}</code>,
        width: "6rem",
        hidden: true,
        narrow: "none",
      },
    ],
    [t, summarize, times, counts],
  );
}

function Cards({ row }: { row: OperationView }) {
  if (!row.source) return <span className="text-faint">—</span>;
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      <CardLink card={row.source} />
      {row.target && (
        <>
          <span aria-hidden="true" className="text-faint">
            →
          </span>
          <CardLink card={row.target} />
        </>
      )}
    </span>
  );
}
