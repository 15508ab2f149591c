import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/feedback/empty-state";
import { Panel } from "@/components/panel";
import { ButtonLink } from "@/components/ui/button/button-link";
import { formatInteger } from "@/lib/format/numbers";
import type { OverviewView } from "@/lib/monitoring";

/** Instead of totals before the first sync has ended: what is happening and what to do. */
export function FirstRun({ overview }: { overview: OverviewView }) {
  const t = useTranslations("overview");
  const { sync } = overview;
  const running = sync?.state === "running";
  const rows = formatInteger(sync?.rowsRead ?? 0);
  const expected = sync?.rowsExpected ?? null;
  const progress =
    expected === null ? t("syncRows", { rows }) : t("syncRowsOf", { rows, total: formatInteger(expected) });
  return (
    <Panel>
      <EmptyState
        icon="cards"
        title={t(running ? "firstRun" : "waitingSync")}
        actions={<ButtonLink href="/cards">{t("toCards")}</ButtonLink>}
      >
        {running ? t("firstRunHint", { progress }) : t("waitingSyncHint")}
      </EmptyState>
    </Panel>
  );
}
