import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { EmptyState } from "@/components/feedback/empty-state";
import { useNavigate } from "@/components/navigation/use-navigate";
import { formatPercent } from "@/lib/format/numbers";
import type { LowCard, LowCardsView } from "@/lib/monitoring";

/** The paid cards that will soon have no calls left. */
export function LowCardsTable({ low }: { low: LowCardsView }) {
  const t = useTranslations("overview");
  const navigate = useNavigate();
  return (
    <DataTable
      id="overview-low"
      caption={t("lowCards")}
      columns={useColumns()}
      rows={low.cards}
      rowKey={(row) => row.id}
      onOpenRow={(row) => navigate(`/cards/${row.id}`)}
      plain
      toolbar={<h2 className="font-semibold">{t("lowCards")}</h2>}
      empty={
        <EmptyState icon="check" title={t("lowEmpty")}>
          {t("lowEmptyHint")}
        </EmptyState>
      }
    />
  );
}

function useColumns(): Column<LowCard>[] {
  const t = useTranslations("overview");
  const typeName = useCardTypeName();
  const { counts } = useCells<LowCard>();
  return useMemo(
    () => [
      {
        id: "card",
        header: t("card"),
        cell: (row) => (
          <Link href={`/cards/${row.id}`} className="font-mono text-accent hover:underline">
            {row.code}
          </Link>
        ),
        narrow: "title",
        hideable: false,
      },
      { id: "type", header: t("type"), cell: (row) => typeName(row.type) },
      {
        id: "owner",
        header: t("owner"),
        cell: (row) => (
          <span className="inline-flex max-w-56 items-baseline gap-2">
            {row.userName && <bdi className="truncate">{row.userName}</bdi>}
            <span className="whitespace-nowrap text-faint">{row.phone ?? (row.userName ? "" : "—")}</span>
          </span>
        ),
      },
      {
        id: "balance",
        header: t("balance"),
        ...counts((row) => row.balance),
        align: "end",
        narrow: "value",
      },
      {
        id: "share",
        header: t("share"),
        cell: (row) => (
          <span className={row.share <= 0.1 ? "text-warning" : undefined}>{formatPercent(row.share)}</span>
        ),
        align: "end",
        narrow: "labelled",
      },
    ],
    [t, typeName, counts],
  );
}
