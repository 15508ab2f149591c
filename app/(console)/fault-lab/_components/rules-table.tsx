import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { EmptyState } from "@/components/feedback/empty-state";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import type { LabRule } from "@/lib/fault-lab/types";
import { formatDuration } from "@/lib/format/durations";
import { removeFaultsAction } from "../actions";
import { useLabAction } from "./use-fault-lab";
import { useFaultLabels } from "./use-fault-labels";

/** The active faults in matching order, with the number of times each fired. */
export function RulesTable({ rules }: { rules: readonly LabRule[] }) {
  const t = useTranslations("lab");
  const { run, pending, error } = useLabAction(removeFaultsAction);
  const columns = useColumns();
  return (
    <div className="min-w-0">
      {error && <ErrorNotice error={error} />}
      <DataTable
        id="lab-rules"
        caption={t("rules")}
        columns={columns}
        rows={rules}
        rowKey={(rule) => rule.id}
        plain
        toolbar={
          <>
            <h2 className="font-semibold">{t("rules")}</h2>
            {rules.length > 0 && (
              <Button size="sm" pending={pending} onClick={() => void run({})}>
                {t("removeAll")}
              </Button>
            )}
          </>
        }
        empty={<EmptyState icon="check" title={t("rulesEmpty")} />}
      />
    </div>
  );
}

function useColumns(): Column<LabRule>[] {
  const t = useTranslations("lab");
  const labels = useFaultLabels();
  const locale = useLocale();
  return useMemo(
    () => [
      { id: "fault", header: t("columns.fault"), cell: (rule) => labels.fault(rule.fault), narrow: "title" },
      { id: "where", header: t("columns.where"), cell: (rule) => labels.where(rule), narrow: "detail" },
      {
        id: "effect",
        header: t("columns.effect"),
        cell: (rule) => {
          if (rule.lastsMs !== null) return t("lasts", { time: formatDuration(rule.lastsMs, locale) });
          if (rule.lateMs === null) return t(`effect.${rule.effect}`);
          return t("effect.lateBy", { time: formatDuration(rule.lateMs, locale) });
        },
        narrow: "detail",
      },
      {
        id: "fired",
        header: t("columns.fired"),
        align: "end",
        cell: ({ fired, count }) => {
          if (count === null) return t("fired", { fired });
          return t(fired < count ? "firedOf" : "usedUp", { fired, count });
        },
        tone: ({ fired, count }) => (count !== null && fired >= count ? "faint" : undefined),
        narrow: "value",
      },
      { id: "remove", header: t("remove"), cell: (rule) => <Remove rule={rule} />, width: "6rem", narrow: "detail" },
    ],
    [t, labels, locale],
  );
}

function Remove({ rule }: { rule: LabRule }) {
  const t = useTranslations("lab");
  const { fault } = useFaultLabels();
  const { run, pending } = useLabAction(removeFaultsAction);
  return (
    <Button
      size="sm"
      variant="ghost"
      pending={pending}
      aria-label={`${t("remove")}: ${fault(rule.fault)}`}
      onClick={() => void run({ id: rule.id })}
    >
      {t("remove")}
    </Button>
  );
}
