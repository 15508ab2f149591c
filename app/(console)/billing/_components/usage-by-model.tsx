"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { EmptyState } from "@/components/feedback/empty-state";
import { Term } from "@/components/ui/term";
import type { UsageModel, UsageView } from "@/lib/billing/types";
import { formatDecimal } from "@/lib/format/micro";
import { formatPercent } from "@/lib/format/numbers";

/** The cost of the last 30 days by model, highest first. */
export function UsageByModel({ usage }: { usage: UsageView }) {
  const t = useTranslations("billing");
  const { counts } = useCells<UsageModel>();
  const columns = useMemo<Column<UsageModel>[]>(
    () => [
      { id: "name", header: t("model"), cell: (row) => row.name, narrow: "title" },
      { id: "cost", header: t("cost"), cell: (row) => formatDecimal(row.cost), align: "end", narrow: "value" },
      {
        id: "share",
        header: t("share"),
        cell: (row) => (row.share === null ? "—" : formatPercent(row.share)),
        align: "end",
        narrow: "labelled",
      },
      {
        id: "promptTokens",
        header: t("promptTokens"),
        ...counts((row) => row.promptTokens),
        align: "end",
        narrow: "labelled",
      },
      {
        id: "completionTokens",
        header: t("completionTokens"),
        ...counts((row) => row.completionTokens),
        align: "end",
        narrow: "labelled",
      },
    ],
    [t, counts],
  );
  return (
    <section className="min-w-0">
      <h2 className="sr-only">{t("models")}</h2>
      <DataTable
        id="usage-models"
        caption={t("models")}
        columns={columns}
        rows={usage.models}
        rowKey={(row) => row.name}
        plain
        toolbar={
          <>
            <span className="font-semibold">{t("models")}</span>
            <Term name="tokens" />
          </>
        }
        empty={<EmptyState icon="billing" title={t("modelsEmpty")} />}
      />
    </section>
  );
}
