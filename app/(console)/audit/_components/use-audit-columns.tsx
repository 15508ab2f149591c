import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import type { ListedAudit } from "@/lib/audit";
import { ActorName } from "./actor-name";
import { OutcomeBadge } from "./outcome-badge";
import { TargetLink } from "./target-link";
import { useActionLabels } from "./use-action-labels";

export function useAuditColumns(): Column<ListedAudit>[] {
  const t = useTranslations("audit");
  const { entryLabelOf } = useActionLabels();
  const { times } = useCells<ListedAudit>();
  return useMemo(
    () => [
      {
        id: "seq",
        header: t("columns.seq"),
        cell: (row) => <span className="font-mono text-xs">{row.seq ?? "—"}</span>,
        width: "5rem",
        hidden: true,
        narrow: "none",
      },
      {
        id: "at",
        header: t("columns.at"),
        ...times((row) => row.at),
        width: "11rem",
        narrow: "detail",
      },
      { id: "actor", header: t("columns.actor"), cell: (row) => <ActorName row={row} />, width: "10rem" },
      {
        id: "action",
        header: t("columns.action"),
        cell: (row) => entryLabelOf(row),
        narrow: "title",
        hideable: false,
      },
      { id: "target", header: t("columns.target"), cell: (row) => <TargetLink row={row} /> },
      {
        id: "outcome",
        header: t("columns.outcome"),
        cell: (row) => <OutcomeBadge outcome={row.outcome} />,
        width: "7rem",
        narrow: "value",
      },
      {
        id: "ip",
        header: t("columns.ip"),
        cell: (row) => <span className="font-mono text-xs">{row.ip ?? "—"}</span>,
        tone: (row) => (row.ip ? undefined : "none"),
        width: "9rem",
        from: 1024,
      },
      {
        id: "requestId",
        header: t("entry.requestId"),
        cell: (row) => <span className="font-mono text-xs">{row.requestId ?? "—"}</span>,
        width: "9rem",
        hidden: true,
        narrow: "none",
      },
    ],
    [t, entryLabelOf, times],
  );
}
