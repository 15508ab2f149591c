import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { StaleNote } from "@/components/feedback/stale-note";
import { useErrorText } from "@/components/feedback/use-error-text";
import { loadWhenOnline } from "@/components/load-when-online";
import { IconButton } from "@/components/ui/button/icon-button";
import type { SyncStatus } from "@/lib/cards";
import { useProgressText } from "./use-progress-text";

/** Both are seldom there, so no part of the page's first scripts. */
const FullReadingNote = dynamic(() =>
  loadWhenOnline(() => import("./full-reading-note").then((module) => module.FullReadingNote)),
);
const UnreadableRows = dynamic(() =>
  loadWhenOnline(() => import("./unreadable-rows").then((module) => module.UnreadableRows)),
);

type Props = { sync: SyncStatus; syncing: boolean; onStart: () => void };

/** The age of the mirror, why it is not newer, rows that could not be read, and a button to sync. */
export function SyncStatusBar({ sync, syncing, onStart }: Props) {
  const t = useTranslations("cards.sync");
  const ui = useTranslations("ui");
  const progress = useProgressText();
  const { sentence } = useErrorText();
  const { error, running } = sync;
  const reason = error
    ? sentence({ code: "upstream", key: error.key, params: { upstream: "espai" } })
    : sync.stale
      ? t("stale")
      : undefined;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm">
      <StaleNote asOf={sync.lastSuccessAt} reason={reason} />
      {running && running.rowsRead > 0 && (
        <span role="status" className="text-faint">
          {t("running")} · {progress(running)}
        </span>
      )}
      <IconButton icon="refresh" label={ui("refresh")} size="sm" pending={syncing} onClick={onStart} />
      {(sync.fullReading.minutes ?? 0) > 1 && <FullReadingNote reading={sync.fullReading} />}
      {sync.unreadable.count > 0 && <UnreadableRows sync={sync} />}
    </div>
  );
}
