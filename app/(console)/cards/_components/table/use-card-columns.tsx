import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { CardState } from "@/app/(console)/_components/card/card-state";
import { CardTypeBadge } from "@/app/(console)/_components/card/card-type-badge";
import type { Column } from "@/components/data-table/types";
import { Amount } from "@/components/ui/value/amount";
import { DateTime } from "@/components/ui/value/date-time";
import type { CardRow } from "@/lib/cards/types";

const NONE = <span className="text-faint">—</span>;

/** The card table's columns; their ids are the sort keys of the list verb. What is masked can't be sorted by. */
export function useCardColumns({ masked }: { masked: boolean }): Column<CardRow>[] {
  const t = useTranslations("cards.columns");
  return useMemo(
    () => [
      {
        id: "code",
        header: t("code"),
        cell: (row) => (
          <Link href={`/cards/${row.id}`} prefetch={false} className="font-mono hover:underline">
            {row.maskedCode}
          </Link>
        ),
        sortable: !masked,
        hideable: false,
        sticky: true,
        width: "8rem",
        narrow: "title",
      },
      {
        id: "type",
        header: t("type"),
        cell: (row) => <CardTypeBadge type={row.type} />,
        sortable: true,
        width: "8rem",
      },
      {
        id: "name",
        header: t("name"),
        cell: (row) =>
          row.userName === null ? (
            NONE
          ) : (
            <bdi className="inline-block max-w-52 truncate align-bottom">{row.userName}</bdi>
          ),
        sortable: true,
      },
      {
        id: "phone",
        header: t("phone"),
        cell: (row) => row.maskedPhone ?? NONE,
        sortable: !masked,
        width: "9rem",
      },
      {
        id: "balance",
        header: t("balance"),
        cell: (row) => <Amount value={row.balance} />,
        align: "end",
        sortable: true,
        width: "8rem",
        narrow: "value",
      },
      {
        id: "created",
        header: t("created"),
        cell: (row) => <DateTime value={row.createdAt} />,
        sortable: true,
        width: "11rem",
        narrow: "none",
      },
      {
        id: "updated",
        header: t("updated"),
        cell: (row) => <DateTime value={row.updatedAt} />,
        sortable: true,
        width: "11rem",
        narrow: "none",
      },
      { id: "state", header: t("state"), cell: (row) => <CardState card={row} />, sortable: true, width: "7rem" },
      {
        id: "id",
        header: t("id"),
        cell: (row) => <code className="text-faint text-xs">{row.id}</code>,
        sortable: true,
        hidden: true,
        narrow: "none",
      },
    ],
    [t, masked],
  );
}
