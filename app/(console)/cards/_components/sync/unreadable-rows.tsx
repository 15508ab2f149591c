import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import type { SyncStatus } from "@/lib/cards";

/** How many rows the last reading could not understand, and some of them on a press. */
export function UnreadableRows({ sync }: { sync: SyncStatus }) {
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
