import { useTranslations } from "next-intl";
import { useState } from "react";
import { StaleNote } from "@/components/feedback/stale-note";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { IconButton } from "@/components/ui/button/icon-button";
import { Dialog } from "@/components/ui/dialog";
import type { SyncStatus } from "@/lib/cards";
import { FullReadingNote } from "./full-reading-note";
import { useProgressText } from "./use-progress-text";

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
      <FullReadingNote reading={sync.fullReading} />
      {sync.unreadable.count > 0 && <Unreadable sync={sync} />}
    </div>
  );
}

function Unreadable({ sync }: { sync: SyncStatus }) {
  const t = useTranslations("cards.sync");
  const [open, setOpen] = useState(false);
  const { count, samples } = sync.unreadable;
  return (
    <>
      <Button variant="ghost" size="sm" icon="warning" onClick={() => setOpen(true)}>
        {t("unreadable", { count })}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("unreadableTitle")}>
        <p>{t("unreadableHint")}</p>
        {sync.partial && <p className="mt-1 text-soft">{t("partial")}</p>}
        <ul className="my-3 grid gap-1">
          {samples.map((sample, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows without an id have no other key
            <li key={place} className="break-all font-mono text-sm">
              {t("unreadableRow", { id: sample.id ?? t("noId"), field: sample.reason })}
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
