import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { EmptyState } from "@/components/feedback/empty-state";
import { RelativeTime } from "@/components/ui/value/relative-time";
import { formatDuration } from "@/lib/format/durations";
import type { JobView } from "@/lib/monitoring/types";
import { findMessage } from "@/lib/web/i18n/find-message";

/** The background jobs and when they last ran. */
export function JobsTable({ jobs }: { jobs: readonly JobView[] }) {
  const t = useTranslations("health");
  return (
    <DataTable
      id="jobs"
      caption={t("jobs")}
      columns={useColumns()}
      rows={jobs}
      rowKey={(job) => job.name}
      plain
      toolbar={<h2 className="font-semibold">{t("jobs")}</h2>}
      empty={<EmptyState icon="clock" title={t("jobsEmpty")} />}
    />
  );
}

function useColumns(): Column<JobView>[] {
  const t = useTranslations("health");
  const locale = useLocale();
  const { counts } = useCells<JobView>();
  return useMemo(() => {
    const nameOf = (job: string) => findMessage(t, `jobNames.${job}`) ?? job;
    const ago = (at: string | null) => (at ? <RelativeTime value={at} /> : <span className="text-faint">—</span>);
    return [
      {
        id: "name",
        header: t("job"),
        cell: (job) => <span title={job.name}>{nameOf(job.name)}</span>,
        narrow: "title",
      },
      {
        id: "every",
        header: t("every"),
        cell: (job) => (job.everySeconds === null ? t("onDemand") : formatDuration(job.everySeconds * 1000, locale)),
      },
      {
        id: "waiting",
        header: t("waiting"),
        ...counts((job) => job.waiting),
        align: "end",
        narrow: "none",
      },
      { id: "active", header: t("active"), ...counts((job) => job.active), align: "end", narrow: "none" },
      {
        id: "failed",
        header: t("failed"),
        ...counts((job) => job.failed),
        tone: (job) => (job.failed > 0 ? "danger" : undefined),
        align: "end",
        narrow: "labelled",
      },
      { id: "lastDone", header: t("lastDone"), cell: (job) => ago(job.lastDoneAt), narrow: "value" },
      { id: "lastFailed", header: t("lastFailed"), cell: (job) => ago(job.lastFailedAt), narrow: "none", hidden: true },
    ];
  }, [t, locale, counts]);
}
