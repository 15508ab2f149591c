import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { Badge } from "@/components/ui/badge";
import { Tooltip } from "@/components/ui/popover/tooltip";
import type { KeyView } from "@/lib/keys";
import { KeyCell } from "./key-cell";
import { KeyStatus } from "./key-status";

export function useKeyColumns(mayReveal: boolean): Column<KeyView>[] {
  const t = useTranslations("keys");
  const { times } = useCells<KeyView>();
  return useMemo(
    () => [
      {
        id: "key",
        header: t("columns.last4"),
        cell: (row) => <KeyCell row={row} mayReveal={mayReveal} />,
        narrow: "title",
        hideable: false,
      },
      {
        id: "flag",
        header: t("columns.flag"),
        cell: (row) => <Flags row={row} />,
        width: "10rem",
        narrow: "value",
      },
      {
        id: "status",
        header: t("columns.status"),
        cell: (row) => <KeyStatus row={row} />,
        tone: (row) => (row.seenAt ? undefined : "none"),
        width: "8rem",
        narrow: "detail",
      },
      {
        id: "expiresAt",
        header: t("columns.expiresAt"),
        ...times((row) => row.expiresAt),
        width: "12rem",
        narrow: "none",
      },
      {
        id: "madeAt",
        header: t("columns.madeAt"),
        ...times((row) => row.upstreamCreatedAt),
        width: "12rem",
        narrow: "detail",
      },
      {
        id: "recordedAt",
        header: t("columns.recordedAt"),
        ...times((row) => row.recordedAt),
        width: "12rem",
        from: 1280,
      },
    ],
    [t, mayReveal, times],
  );
}

function Flags({ row }: { row: KeyView }) {
  const t = useTranslations("keys");
  return (
    <span className="inline-flex flex-wrap gap-1">
      {row.flag && (
        <Tooltip text={t(`flagHint.${row.flag}`)}>
          <span>
            <Badge tone="warning">{t(`flag.${row.flag}`)}</Badge>
          </span>
        </Tooltip>
      )}
      {row.recovered && (
        <Tooltip text={t("flagHint.recovered")}>
          <span>
            <Badge tone="accent">{t("flag.recovered")}</Badge>
          </span>
        </Tooltip>
      )}
    </span>
  );
}
