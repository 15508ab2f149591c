import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { EmptyState } from "@/components/feedback/empty-state";
import type { DriftView } from "@/lib/monitoring/types";
import { findMessage } from "@/lib/web/i18n/find-message";

const keyOf = (row: DriftView) => `${row.upstream} ${row.call} ${row.field} ${row.what}`;

/** Differences between the upstreams' responses and their documentation. */
export function DriftTable({ drift }: { drift: readonly DriftView[] }) {
  const t = useTranslations("health");
  return (
    <section className="min-w-0">
      <DataTable
        id="drift"
        caption={t("drift")}
        columns={useColumns()}
        rows={drift}
        rowKey={keyOf}
        plain
        toolbar={
          <div className="min-w-0">
            <h2 className="font-semibold">{t("drift")}</h2>
            <p className="text-faint text-sm">{t("driftHint")}</p>
          </div>
        }
        empty={<EmptyState icon="check" title={t("driftEmpty")} />}
      />
    </section>
  );
}

function useColumns(): Column<DriftView>[] {
  const t = useTranslations("health");
  const shell = useTranslations("shell.upstreams.names");
  const { times, counts } = useCells<DriftView>();
  return useMemo(() => {
    const kind = (what: string) => findMessage(t, `kinds.${what}`) ?? what;
    const upstream = (name: string) => findMessage(shell, name) ?? name;
    return [
      {
        id: "upstream",
        header: t("upstream"),
        cell: (row) => <span className="whitespace-nowrap">{upstream(row.upstream)}</span>,
        narrow: "detail",
      },
      { id: "call", header: t("call"), cell: (row) => <code className="font-mono">{row.call}</code> },
      {
        id: "field",
        header: t("field"),
        cell: (row) => <code className="font-mono">{row.field}</code>,
        narrow: "title",
      },
      { id: "what", header: t("what"), cell: (row) => kind(row.what) },
      { id: "sample", header: t("sample"), cell: (row) => <code className="font-mono">{row.sample}</code> },
      { id: "count", header: t("count"), ...counts((row) => row.count), align: "end", narrow: "value" },
      { id: "firstAt", header: t("firstAt"), ...times((row) => row.firstAt), from: 1280 },
      { id: "lastAt", header: t("lastAt"), ...times((row) => row.lastAt), narrow: "labelled" },
    ];
  }, [t, shell, times, counts]);
}
