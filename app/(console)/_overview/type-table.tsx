import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { Term } from "@/components/ui/term";
import type { TypeTotal } from "@/lib/monitoring";

/** Cards and balances by type. A total of no numbers is —, not 0. */
export function TypeTable({ types }: { types: readonly TypeTotal[] }) {
  const t = useTranslations("overview");
  const typeName = useCardTypeName();
  const { counts } = useCells<TypeTotal>();
  const columns = useMemo<Column<TypeTotal>[]>(
    () => [
      {
        id: "type",
        header: t("type"),
        cell: (row) => (
          <Link href={`/cards?types=${encodeURIComponent(row.type)}`} className="hover:text-accent hover:underline">
            {typeName(row.type)}
          </Link>
        ),
        narrow: "title",
        hideable: false,
      },
      {
        id: "cards",
        header: t("count"),
        ...counts((row) => row.cards),
        align: "end",
        narrow: "labelled",
      },
      {
        id: "balance",
        header: t("balance"),
        ...counts((row) => (row.counted > 0 ? row.balance : row.unlimited > 0 ? "unlimited" : null)),
        align: "end",
        narrow: "value",
      },
      {
        id: "unlimited",
        header: t("unlimited"),
        ...counts((row) => row.unlimited),
        tone: (row) => (row.unlimited === 0 ? "faint" : undefined),
        align: "end",
        narrow: "labelled",
      },
      {
        id: "unknown",
        header: t("unknown"),
        ...counts((row) => row.unknown),
        tone: (row) => (row.unknown === 0 ? "faint" : "unknown"),
        align: "end",
        narrow: "labelled",
      },
    ],
    [t, typeName, counts],
  );
  return (
    <DataTable
      id="overview-types"
      caption={t("byType")}
      columns={columns}
      rows={types}
      rowKey={(row) => row.type}
      plain
      toolbar={
        <>
          <h2 className="font-semibold">{t("byType")}</h2>
          <Term name="cardType" />
        </>
      }
    />
  );
}
