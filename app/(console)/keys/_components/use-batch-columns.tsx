import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { BatchStateBadge } from "@/app/(console)/_components/batch-state-badge";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { formatInteger } from "@/lib/format/numbers";
import type { BatchView } from "@/lib/keys";
import { BatchProgress } from "./batch-progress";
import { useBatchTitle } from "./use-batch-title";

export function useBatchColumns(): Column<BatchView>[] {
  const t = useTranslations("keys");
  const titleOf = useBatchTitle();
  const { times } = useCells<BatchView>();
  return useMemo(
    () => [
      {
        id: "batch",
        header: t("columns.batch"),
        cell: (row) => (
          <Link href={`/keys/${row.id}`} className="text-accent hover:underline sm:whitespace-nowrap">
            {titleOf(row)}
          </Link>
        ),
        width: "12rem",
        narrow: "title",
        hideable: false,
      },
      {
        id: "state",
        header: t("columns.state"),
        cell: (row) => <BatchStateBadge state={row.state} />,
        width: "7rem",
        narrow: "value",
      },
      {
        id: "progress",
        header: t("columns.progress"),
        cell: (row) => (
          <span className="flex items-center gap-2">
            <BatchProgress batch={row} className="min-w-16 flex-1" />
            <span className="whitespace-nowrap tabular-nums">
              {formatInteger(row.recorded)} / {formatInteger(row.wanted)}
            </span>
          </span>
        ),
        width: "16rem",
      },
      {
        id: "note",
        header: t("columns.note"),
        cell: (row) => (row.note ? <bdi className="[overflow-wrap:anywhere]">{row.note}</bdi> : "—"),
        tone: (row) => (row.note ? undefined : "none"),
      },
      { id: "creator", header: t("columns.creator"), cell: (row) => <bdi>{row.createdByName}</bdi>, width: "9rem" },
      {
        id: "createdAt",
        header: t("columns.createdAt"),
        ...times((row) => row.createdAt),
        width: "11rem",
      },
      {
        id: "id",
        header: t("columns.id"),
        cell: (row) => <code className="text-faint">{row.id.slice(0, 8)}</code>,
        width: "6rem",
        hidden: true,
        narrow: "none",
      },
    ],
    [t, titleOf, times],
  );
}
