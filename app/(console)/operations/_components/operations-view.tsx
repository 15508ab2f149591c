"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { BatchStateBadge } from "@/app/(console)/_components/batch-state-badge";
import { type PackedRows, unpackRows } from "@/app/(console)/_components/packed-rows";
import { useListQuery } from "@/app/(console)/_components/use-list-query";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { EmptyState } from "@/components/feedback/empty-state";
import { useNavigate } from "@/components/navigation/use-navigate";
import { Button } from "@/components/ui/button/button";
import type { BatchSummary, ListedOperation, OperationList } from "@/lib/operations";
import { operationListQuery } from "../query-options";
import type { OperationQuery } from "../search-params";
import { CardLink } from "./card-link";
import { OperationFilters } from "./operation-filters";
import { StateBadge } from "./state-badge";
import { type OperationFilterDraft, useOperationSearch } from "./use-operation-search";
import { useOperationSummary } from "./use-operation-summary";

/** `initial` is null if the search is known to the browser only. */
type Props = {
  initialQuery: OperationQuery;
  initial: (Omit<OperationList, "rows"> & { rows: PackedRows<ListedOperation> }) | null;
};

const NO_FILTER = { kinds: [], states: [], actor: "", card: "", text: "", person: false, from: null, to: null };

/** Then there may be operations all the same. */
const isFiltered = (draft: OperationFilterDraft): boolean =>
  Object.values(draft).some((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));

/** The operations table: filters in the URL, newest first, polled faster while one is unfinished. */
export function OperationsView({ initialQuery, initial }: Props) {
  const t = useTranslations("operations");
  const navigate = useNavigate();
  const search = useOperationSearch();
  const [first] = useState(() => initial && { ...initial, rows: unpackRows(initial.rows) });
  const { table } = useListQuery({
    query: search.query,
    // Without its private part the query would find every operation.
    enabled: search.state === "known",
    optionsOf: operationListQuery,
    initialQuery,
    initial: first,
    onPage: search.turn,
  });
  const columns = useColumns();

  return (
    <>
      <OperationFilters
        key={JSON.stringify(search.draft)}
        filters={search.draft}
        none={NO_FILTER}
        onChange={search.apply}
      />
      <DataTable
        id="operations"
        caption={t("caption")}
        columns={columns}
        {...table}
        rowKey={(row) => row.id}
        state={search.state === "unknown" ? "ready" : table.state}
        onOpenRow={(row) => navigate(pathOf(row))}
        empty={
          search.state === "unknown" ? (
            <EmptyState
              icon="search"
              title={t("unknownSearch.title")}
              actions={<Button onClick={() => search.apply(NO_FILTER)}>{t("unknownSearch.reset")}</Button>}
            >
              {t("unknownSearch.hint")}
            </EmptyState>
          ) : isFiltered(search.draft) ? undefined : (
            <EmptyState icon="operations" title={t("empty")}>
              {t("emptyHint")}
            </EmptyState>
          )
        }
      />
    </>
  );
}

function useColumns(): Column<ListedOperation>[] {
  const t = useTranslations("operations");
  const kinds = useTranslations("types.operation");
  const summarize = useOperationSummary();
  const { times, counts } = useCells<ListedOperation>();
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
        cell: (row) => (row.batch ? <BatchStateBadge state={row.batch.state} /> : <StateBadge state={row.state} />),
        narrow: "value",
        width: "9rem",
      },
      {
        id: "kind",
        header: t("columns.kind"),
        cell: (row) => (
          <a href={pathOf(row)} className="hover:underline">
            {kinds(row.kind)} {summarize(row.batch ? { ...row, count: row.batch.wanted } : row)}
          </a>
        ),
        narrow: "title",
      },
      {
        id: "cards",
        header: t("columns.cards"),
        cell: (row) => (row.batch ? <BatchCounts batch={row.batch} /> : <Cards row={row} />),
        tone: (row) => (row.source || row.batch ? undefined : "none"),
      },
      { id: "actor", header: t("columns.actor"), cell: (row) => <bdi>{row.actorName}</bdi>, width: "8rem" },
      {
        id: "ms",
        header: t("columns.ms"),
        align: "end",
        ...counts((row) => (row.batch ? null : row.ms)),
        width: "6rem",
        from: 1280,
      },
      {
        id: "id",
        header: t("columns.id"),
        cell: (row) => <code className="text-faint">{(row.batch ?? row).id.slice(0, 8)}</code>,
        width: "6rem",
        hidden: true,
        narrow: "none",
      },
    ],
    [t, kinds, summarize, times, counts],
  );
}

/** A row that stands for a batch leads to the batch. */
const pathOf = (row: ListedOperation) => (row.batch ? `/keys/${row.batch.id}` : `/operations/${row.id}`);

/** How far a batch has come: "已生成 240 / 250 · 25 次调用 · 结果未知 10". */
function BatchCounts({ batch }: { batch: BatchSummary }) {
  const t = useTranslations("operations.batch");
  return (
    <span className="flex min-w-0 flex-wrap gap-x-3 tabular-nums">
      <span>{t("recorded", { recorded: batch.recorded, wanted: batch.wanted })}</span>
      <span className="text-soft">{t("calls", { calls: batch.calls })}</span>
      {batch.inFlight > 0 && <span className="text-accent">{t("inFlight", { count: batch.inFlight })}</span>}
      {batch.unknown > 0 && <span className="text-unknown">{t("unknown", { count: batch.unknown })}</span>}
    </span>
  );
}

function Cards({ row }: { row: ListedOperation }) {
  if (!row.source) return <span className="text-faint">—</span>;
  return (
    <span className="flex min-w-0 items-baseline gap-x-2 max-xl:flex-wrap sm:[&_bdi]:max-w-32">
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
