"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { UpstreamNotice } from "@/app/(console)/_components/upstream-notice";
import { useListQuery } from "@/app/(console)/_components/use-list-query";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { useNavigate } from "@/components/navigation/use-navigate";
import type { BatchList } from "@/lib/keys";
import { batchListQuery } from "../query-options";
import { type BatchQuery, batchParams, batchQueryOf } from "../search-params";
import { BatchFilters } from "./batch-filters";
import { useBatchColumns } from "./use-batch-columns";

/** The batch table: filters in the URL, newest first, polled faster while a batch generates. */
export function BatchesView({ initialQuery, initial }: { initialQuery: BatchQuery; initial: BatchList }) {
  const t = useTranslations("keys");
  const navigate = useNavigate();
  const [params, setParams] = useQueryStates(batchParams, { history: "push" });
  const query = batchQueryOf(params);
  const { page: _page, size: _size, ...filter } = query;
  const { table, pending } = useListQuery({
    query,
    optionsOf: batchListQuery,
    initialQuery,
    initial,
    onPage: setParams,
  });
  const columns = useBatchColumns();
  const filtered = Object.values(filter).some((value) => (Array.isArray(value) ? value.length : value));

  return (
    <>
      <UpstreamNotice upstream="potato" className="mb-3" />
      <BatchFilters
        key={JSON.stringify(filter)}
        params={params}
        pending={pending}
        onChange={(filters) => setParams({ ...filters, page: 1 })}
      />
      <DataTable
        id="batches"
        caption={t("caption")}
        columns={columns}
        {...table}
        rowKey={(row) => row.id}
        onOpenRow={(row) => navigate(`/keys/${row.id}`)}
        empty={
          <EmptyState icon="key" title={filtered ? t("emptyFiltered") : t("empty")}>
            {!filtered && t("emptyHint")}
          </EmptyState>
        }
      />
    </>
  );
}
