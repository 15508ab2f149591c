"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { EmptyState } from "@/components/feedback/empty-state";
import { useRefresh } from "@/components/navigation/use-refresh";
import type { DeliveryView } from "@/lib/alerts/types";
import { useFailureText } from "./use-failure-text";

const keyOf = (row: DeliveryView) => row.id;

/** The newest messages and what became of them. */
export function DeliveriesTable({ deliveries }: { deliveries: readonly DeliveryView[] }) {
  const t = useTranslations("alerts.log");
  const refresh = useRefresh();
  return (
    <section className="min-w-0">
      <DataTable
        id="alert-deliveries"
        caption={t("title")}
        columns={useColumns()}
        rows={deliveries}
        rowKey={keyOf}
        plain
        onRefresh={refresh}
        toolbar={
          <div className="min-w-0">
            <h2 className="font-semibold">{t("title")}</h2>
            <p className="text-faint text-sm">{t("hint")}</p>
          </div>
        }
        empty={<EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
      />
    </section>
  );
}

const TONES = { waiting: "warning", sent: undefined, given_up: "danger" } as const;

function useColumns(): Column<DeliveryView>[] {
  const t = useTranslations("alerts.log");
  const failure = useFailureText();
  const { times, counts } = useCells<DeliveryView>();
  return useMemo(
    () => [
      { id: "createdAt", header: t("at"), ...times((row) => row.createdAt), narrow: "detail" },
      { id: "channel", header: t("channel"), cell: (row) => row.channel, look: "name" },
      {
        id: "message",
        header: t("message"),
        cell: (row) => row.title,
        hint: (row) => row.text,
        narrow: "title",
      },
      {
        id: "state",
        header: t("state"),
        cell: (row) => t(`states.${row.state}`),
        tone: (row) => TONES[row.state],
        narrow: "value",
      },
      { id: "tries", header: t("tries"), ...counts((row) => row.tries), align: "end", narrow: "labelled" },
      {
        id: "error",
        header: t("error"),
        cell: (row) => (row.error ? failure(row.error) : "—"),
        tone: (row) => (row.error ? undefined : "none"),
        narrow: "labelled",
      },
      { id: "nextAt", header: t("nextAt"), ...times((row) => row.nextAt), narrow: "labelled" },
    ],
    [t, failure, times, counts],
  );
}
