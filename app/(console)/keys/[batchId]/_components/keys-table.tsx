import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { Checkbox } from "@/components/ui/form/checkbox";
import type { BatchDetail, KeyList } from "@/lib/keys";
import { publicErrorOf } from "@/lib/web/post-json";
import { keyListQuery } from "../../query-options";
import { ExportButtons } from "./export-buttons";
import { useKeyColumns } from "./use-key-columns";
import { usePage } from "./use-page";

type Props = { batch: BatchDetail; stamp: string; first: KeyList | null; mayReveal: boolean };

/** The batch's keys by their last four characters. Revealing, copying and exporting need a role and are audited. */
export function KeysTable({ batch, stamp, first, mayReveal }: Props) {
  const t = useTranslations("keys");
  const [flagged, setFlagged] = useState(false);
  const { page, isFirst, paging } = usePage();
  const { data, error, refetch, isFetching } = useQuery({
    ...keyListQuery(batch.id, flagged, page, stamp),
    ...(isFirst && !flagged && first && { initialData: first }),
  });
  const columns = useKeyColumns(mayReveal);
  const odd = batch.extra + batch.duplicate + batch.wrongType + batch.surplus > 0;
  return (
    <section>
      <header className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="font-semibold">{t("batch.keys")}</h2>
        <div className="ms-auto">
          {mayReveal ? (
            <ExportButtons batch={batch} />
          ) : (
            <span className="text-faint text-sm">{t("reveal.denied")}</span>
          )}
        </div>
      </header>
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
        {...(data && data.total > page.size && { paging: paging(data.total) })}
      />
    </section>
  );
}
