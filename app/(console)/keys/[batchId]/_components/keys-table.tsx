import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { Checkbox } from "@/components/ui/form/checkbox";
import { Select } from "@/components/ui/form/select";
import { Term } from "@/components/ui/term";
import type { BatchDetail, KeyList } from "@/lib/keys";
import { KEY_STATUSES, type KeyFilter, type KeyStatus } from "@/lib/keys/types";
import { publicErrorOf } from "@/lib/web/post-json";
import { keyListQuery } from "../../query-options";
import { ExportButtons } from "./export-buttons";
import { useKeyColumns } from "./use-key-columns";
import { usePage } from "./use-page";

type Props = { batch: BatchDetail; stamp: string; first: KeyList | null; mayReveal: boolean };

/** The batch's keys by their last four characters. Revealing, copying and exporting need a role and are audited. */
export function KeysTable({ batch, stamp, first, mayReveal }: Props) {
  const t = useTranslations("keys");
  const [filter, setFilter] = useState<KeyFilter>({ flagged: false, status: null });
  const { page, toFirst, isFirst, paging } = usePage();
  const filtered = filter.flagged || filter.status !== null;
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery({
    ...keyListQuery(batch.id, filter, page, stamp),
    ...(isFirst && !filtered && first && { initialData: first }),
  });
  const columns = useKeyColumns(mayReveal);
  const change = (part: Partial<KeyFilter>) => {
    setFilter({ ...filter, ...part });
    toFirst();
  };
  const odd = batch.extra + batch.duplicate + batch.wrongType + batch.surplus > 0;
  return (
    <section>
      <header className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="font-semibold">{t("batch.keys")}</h2>
        <span className="-ms-3">
          <Term name="key" />
        </span>
        <div className="ms-auto">
          {/* Of a batch that is done all of them stand above, where the progress was. */}
          {mayReveal && batch.state === "done" && !filtered ? null : mayReveal ? (
            <ExportButtons
              batch={batch}
              filter={filter}
              filtered={filtered ? { exported: isPlaceholderData ? undefined : data?.exported } : null}
            />
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
          (batch.recorded > 0 || filtered) && (
            <>
              <StatusSelect value={filter.status} onChange={(status) => change({ status })} />
              {(odd || filter.flagged) && (
                <Checkbox checked={filter.flagged} onChange={(e) => change({ flagged: e.target.checked })}>
                  {t("batch.flagged")}
                </Checkbox>
              )}
            </>
          )
        }
        skeletonRows={3}
        empty={<EmptyState icon="key" title={filtered ? t("batch.filteredEmpty") : t("batch.keysEmpty")} />}
        {...(data && data.total > page.size && { paging: paging(data.total) })}
      />
    </section>
  );
}

type StatusProps = { value: KeyStatus | null; onChange: (status: KeyStatus | null) => void };

function StatusSelect({ value, onChange }: StatusProps) {
  const t = useTranslations("keys");
  return (
    <Select
      small
      aria-label={t("columns.status")}
      value={value ?? ""}
      onChange={({ target }) => onChange(KEY_STATUSES.find((status) => status === target.value) ?? null)}
    >
      <option value="">{t("batch.anyStatus")}</option>
      {KEY_STATUSES.map((status) => (
        <option key={status} value={status}>
          {t(`status.${status}`)}
        </option>
      ))}
    </Select>
  );
}
