import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/feedback/empty-state";
import { ErrorDetails } from "@/components/feedback/error-details";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Progress } from "@/components/ui/progress";
import type { SyncStatus } from "@/lib/cards";
import { useProgressText } from "../sync/use-progress-text";
import { UnknownSearch } from "./unknown-search";

type Props = {
  sync: SyncStatus;
  syncing: boolean;
  filtered: boolean;
  onStart: () => void;
  /** The search is known to another tab only. */
  onReset: false | (() => void);
};

/** Instead of rows: a search nobody here knows, no match, no cards, not synced yet, no sync succeeded, or not configured. */
export function EmptyCards({ sync, syncing, filtered, onStart, onReset }: Props) {
  const t = useTranslations("cards");
  const progress = useProgressText();
  const { sentence } = useErrorText();
  const { error, running, lastSuccessAt } = sync;
  if (onReset) return <UnknownSearch onReset={onReset} />;
  if (filtered && lastSuccessAt) {
    return (
      <EmptyState icon="search" title={t("empty")}>
        {t("emptyHint")}
      </EmptyState>
    );
  }
  if (lastSuccessAt) {
    return (
      <EmptyState icon="cards" title={t("none")}>
        {t("noneHint")}
      </EmptyState>
    );
  }
  if (!sync.configured) {
    return (
      <EmptyState icon="settings" title={t("notConfigured")}>
        {t("notConfiguredHint")}
      </EmptyState>
    );
  }
  if (running) {
    return (
      <EmptyState icon="refresh" title={t("sync.first")}>
        <p>{t("sync.firstHint")}</p>
        <p role="status" className="my-2 font-medium tabular-nums">
          {progress(running)}
        </p>
        {running.rowsExpected !== null && (
          <Progress
            label={t("sync.running")}
            total={running.rowsExpected}
            segments={[{ value: running.rowsRead, tone: "accent", label: t("sync.running") }]}
          />
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={error ? "warning" : "clock"}
      title={t(error ? "sync.failed" : "sync.waiting")}
      actions={
        <Button icon="refresh" pending={syncing} onClick={onStart}>
          {t("sync.start")}
        </Button>
      }
    >
      {error && (
        <>
          <p>{sentence({ code: "upstream", key: error.key, params: { upstream: "espai" } })}</p>
          {error.details && <ErrorDetails error={{ details: error.details }} />}
        </>
      )}
    </EmptyState>
  );
}
