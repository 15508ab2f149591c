"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { publicErrorOf } from "@/app/_client/post-json";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/empty-state";
import { Panel } from "@/components/panel";
import { Checkbox } from "@/components/ui/checkbox";
import type { BatchDetail } from "@/lib/batches/get-batch";
import { keyListQuery } from "../../query-options";
import { ExportButtons } from "./export-buttons";
import { useKeyColumns } from "./use-key-columns";
import { usePage } from "./use-page";

type Props = { batch: BatchDetail; stamp: string; mayReveal: boolean };

/** The batch's keys by their last four characters; shown, copied and exported only by right, and audited. */
export function KeysTable({ batch, stamp, mayReveal }: Props) {
  const t = useTranslations("keys");
  const [flagged, setFlagged] = useState(false);
  const { page, paging } = usePage();
  const { data, error, refetch, isFetching } = useQuery(keyListQuery(batch.id, flagged, page, stamp));
  const columns = useKeyColumns(mayReveal);
  const odd = batch.extra + batch.duplicate + batch.wrongType > 0;
  return (
    <Panel
      title={t("batch.keys")}
      actions={
        mayReveal ? <ExportButtons batch={batch} /> : <span className="text-faint text-sm">{t("reveal.denied")}</span>
      }
      flush
    >
      <div className="px-4 pb-3">
        <DataTable
          id="batch-keys"
          caption={t("batch.keysCaption")}
          columns={columns}
          rows={data?.rows ?? []}
          rowKey={(row) => row.id}
          state={error && !data ? { error: publicErrorOf(error) } : data ? "ready" : "loading"}
          onRetry={refetch}
          refreshing={isFetching}
          toolbar={
            odd || flagged ? (
              <Checkbox checked={flagged} onChange={(e) => setFlagged(e.target.checked)}>
                {t("batch.flagged")}
              </Checkbox>
            ) : (
              false
            )
          }
          skeletonRows={3}
          empty={<EmptyState icon="key" title={flagged ? t("batch.flaggedEmpty") : t("batch.keysEmpty")} />}
          paging={paging(data?.total ?? 0)}
        />
      </div>
    </Panel>
  );
}
