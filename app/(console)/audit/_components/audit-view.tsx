"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button/button";
import type { AuditList, ChainReport, ListedAudit } from "@/lib/audit";
import { publicErrorOf } from "@/lib/web/post-json";
import { verifyAuditAction } from "../actions";
import { auditQuery } from "../query-options";
import type { AuditQuery } from "../search-params";
import { AuditFilters } from "./audit-filters";
import { ChainReportNotice } from "./chain-report-notice";
import { EntryDialog } from "./entry-dialog";
import { ExportButton } from "./export-button";
import { UnknownCard } from "./unknown-card";
import { useAuditColumns } from "./use-audit-columns";
import { useAuditSearch } from "./use-audit-search";

/** `initial` is null if the search is known to the browser only. */
type Props = { initialQuery: AuditQuery; initial: AuditList | null };

const INVALIDATES = [queryKeys.audit];
const NO_FILTER = { actor: "", action: "", target: "", ip: "", card: "", outcome: null, from: null, to: null };

/** The audit log: filters in the URL, newest first; a row opens its details, and all of it can be checked. */
export function AuditView({ initialQuery, initial }: Props) {
  const t = useTranslations("audit");
  const search = useAuditSearch();
  const { query } = search;
  const known = search.state === "known";
  const isFirst = known && initial !== null && JSON.stringify(query) === JSON.stringify(initialQuery);
  const { error, isFetching, refetch, ...result } = useQuery({
    ...auditQuery(query),
    enabled: known,
    ...(isFirst && { initialData: initial }),
  });
  // Without its private part the query would find, and offer to export, every record.
  const data = known ? result.data : undefined;
  const verify = useAction(verifyAuditAction, { effect: "none", invalidates: INVALIDATES });
  const [report, setReport] = useState<ChainReport | null>(null);
  const check = async () => {
    setReport(null);
    const answer = await verify.run({});
    if (answer.ok) setReport(answer.data);
  };
  const client = useQueryClient();
  const columns = useAuditColumns();
  const [open, setOpen] = useState<ListedAudit | null>(null);
  const total = data?.total ?? 0;

  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            <Button icon="check" pending={verify.pending} onClick={check}>
              {verify.pending ? t("verify.running") : t("verify.action")}
            </Button>
            <ExportButton filter={search.filter} count={total} />
          </>
        }
      />
      {verify.error && (
        <div className="mb-3">
          <ErrorNotice error={verify.error} />
        </div>
      )}
      {report && <ChainReportNotice report={report} />}
      <AuditFilters
        key={JSON.stringify(search.filter)}
        filters={search.draft}
        none={NO_FILTER}
        pending={isFetching}
        onChange={search.apply}
      />
      <DataTable
        id="audit"
        caption={t("caption")}
        columns={columns}
        rows={data?.rows ?? []}
        rowKey={(row) => String(row.id)}
        state={
          error && !data && known
            ? { error: publicErrorOf(error) }
            : data || search.state === "unknown"
              ? "ready"
              : "loading"
        }
        onRetry={refetch}
        onRefresh={refetch}
        refreshing={isFetching}
        onOpenRow={setOpen}
        empty={
          search.state === "unknown" ? (
            <UnknownCard onReset={() => search.apply(NO_FILTER)} />
          ) : (
            <EmptyState icon="audit" title={t("empty")} />
          )
        }
        paging={{
          page: query.page,
          size: query.size,
          total,
          onPage: search.setPage,
          onSize: search.setSize,
          onIntent: (page) => known && void client.prefetchQuery(auditQuery({ ...query, page })),
        }}
      />
      <EntryDialog entry={open} onClose={() => setOpen(null)} />
    </>
  );
}
