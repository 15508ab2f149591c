"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { UpstreamNotice } from "@/app/(console)/_components/upstream-notice";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { useNavigate } from "@/components/navigation/use-navigate";
import type { BatchList } from "@/lib/keys";
import { publicErrorOf } from "@/lib/web/post-json";
import { batchListQuery } from "../query-options";
import { type BatchQuery, batchParams, batchQueryOf } from "../search-params";
import { BatchFilters } from "./batch-filters";
import { useBatchColumns } from "./use-batch-columns";

/** The batch table: filters in the URL, newest first, polled faster while a batch generates. */
export function BatchesView({ initialQuery, initial }: { initialQuery: BatchQuery; initial: BatchList }) {
  const t = useTranslations("keys");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [params, setParams] = useQueryStates(batchParams, { history: "push" });
  const query = batchQueryOf(params);
  const { page, size, ...filter } = query;
  const isFirst = JSON.stringify(query) === JSON.stringify(initialQuery);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    ...batchListQuery(query),
    ...(isFirst && { initialData: initial }),
  });
  const columns = useBatchColumns();
  const filtered = Object.values(filter).some((value) => (Array.isArray(value) ? value.length : value));

  return (
    <>
      <UpstreamNotice upstream="potato" className="mb-3" />
      <BatchFilters
        key={JSON.stringify(filter)}
        params={params}
        pending={isPlaceholderData}
        onChange={(filters) => setParams({ ...filters, page: 1 })}
      />
      <DataTable
        id="batches"
        caption={t("caption")}
        columns={columns}
        rows={data?.rows ?? []}
        rowKey={(row) => row.id}
        state={error && !data ? { error: publicErrorOf(error) } : data ? "ready" : "loading"}
        onRetry={refetch}
        onRefresh={refetch}
        refreshing={isFetching}
        onOpenRow={(row) => navigate(`/keys/${row.id}`)}
        empty={
          <EmptyState icon="key" title={filtered ? t("emptyFiltered") : t("empty")}>
            {!filtered && t("emptyHint")}
          </EmptyState>
        }
        paging={{
          page,
          size,
          total: data?.total ?? 0,
          onPage: (next) => setParams({ page: next }),
          onSize: (next) => setParams({ size: batchParams.size.parse(String(next)), page: 1 }),
          onIntent: (page) => void client.prefetchQuery(batchListQuery({ ...query, page })),
        }}
      />
    </>
  );
}
