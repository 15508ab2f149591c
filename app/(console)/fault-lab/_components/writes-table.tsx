import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { EmptyState } from "@/components/feedback/empty-state";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { LabWrite } from "@/lib/fault-lab/types";
import { useFaultLabels } from "./use-fault-labels";

const tones: Record<LabWrite["happened"], Tone> = { yes: "done", no: "neutral", later: "warning" };

/** The last writes the sandbox received, and whether each took effect: the truth the console can't see. */
export function WritesTable({ writes }: { writes: readonly LabWrite[] }) {
  const t = useTranslations("lab");
  return (
    <DataTable
      id="lab-writes"
      caption={t("writes")}
      columns={useColumns()}
      rows={writes}
      rowKey={(write) => String(write.seq)}
      plain
      toolbar={<h2 className="font-semibold">{t("writes")}</h2>}
      empty={<EmptyState icon="operations" title={t("writesEmpty")} />}
    />
  );
}

function useColumns(): Column<LabWrite>[] {
  const t = useTranslations("lab");
  const labels = useFaultLabels();
  const { times } = useCells<LabWrite>();
  return useMemo(
    () => [
      {
        id: "at",
        header: t("write.at"),
        ...times((write) => write.at),
        width: "11rem",
        narrow: "detail",
      },
      { id: "kind", header: t("write.kind"), cell: (write) => labels.call(write.kind), width: "9rem", narrow: "title" },
      {
        id: "fault",
        header: t("write.fault"),
        cell: (write) => (write.fault ? labels.fault(write.fault) : <span className="text-faint">—</span>),
        narrow: "detail",
      },
      {
        id: "happened",
        header: t("write.happened"),
        cell: ({ happened }) => <Badge tone={tones[happened]}>{t(`happened.${happened}`)}</Badge>,
        width: "8rem",
        narrow: "value",
      },
    ],
    [t, labels, times],
  );
}
