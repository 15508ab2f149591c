"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader } from "@/components/page-header";
import type { AuditList, AuditRow } from "@/lib/audit";
import { publicErrorOf } from "@/lib/web/post-json";
import { auditQuery } from "../query-options";
import { type AuditQuery, auditFilterOf, auditParams, auditQueryOf } from "../search-params";
import { AuditFilters } from "./audit-filters";
import { EntryDialog } from "./entry-dialog";
import { ExportButton } from "./export-button";
import { useAuditColumns } from "./use-audit-columns";

/** The audit log: filters in the URL, newest first; a row opens its details. */
export function AuditView({ initialQuery, initial }: { initialQuery: AuditQuery; initial: AuditList }) {
  const t = useTranslations("audit");
  const [params, setParams] = useQueryStates(auditParams, { history: "push" });
  const query = auditQueryOf(params);
  const isFirst = JSON.stringify(query) === JSON.stringify(initialQuery);
  const { data, error, isFetching, refetch } = useQuery({
    ...auditQuery(query),
    ...(isFirst && { initialData: initial }),
  });
  const columns = useAuditColumns();
  const [open, setOpen] = useState<AuditRow | null>(null);
  const total = data?.total ?? 0;

  return (
    <>
      <PageHeader title={t("title")} actions={<ExportButton filter={auditFilterOf(params)} count={total} />} />
      <AuditFilters
        key={JSON.stringify(auditFilterOf(params))}
        params={params}
        pending={isFetching}
        onChange={(filters) => setParams({ ...filters, page: 1 })}
      />
      <DataTable
        id="audit"
        caption={t("caption")}
        columns={columns}
        rows={data?.rows ?? []}
        rowKey={(row) => String(row.id)}
        state={error && !data ? { error: publicErrorOf(error) } : data ? "ready" : "loading"}
        onRetry={refetch}
        onRefresh={refetch}
        refreshing={isFetching}
        onOpenRow={setOpen}
        empty={<EmptyState icon="audit" title={t("empty")} />}
        paging={{
          page: query.page,
          size: query.size,
          total,
          onPage: (page) => setParams({ page }),
          onSize: (size) => setParams({ size: auditParams.size.parse(String(size)), page: 1 }),
        }}
      />
      <EntryDialog entry={open} onClose={() => setOpen(null)} />
    </>
  );
}
