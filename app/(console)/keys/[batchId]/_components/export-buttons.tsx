import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "@/components/clipboard/copy-button";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Menu } from "@/components/ui/popover/menu";
import { MenuItem } from "@/components/ui/popover/menu-item";
import { formatInteger } from "@/lib/format/numbers";
import type { BatchDetail, KeyList } from "@/lib/keys";
import type { KeyFilter } from "@/lib/keys/types";
import { downloadPost, fetchFile } from "@/lib/web/download-post";

const FORMATS = ["csv", "txt"] as const;

type Props = {
  batch: BatchDetail;
  filter: KeyFilter;
  /** How many keys the filter leaves, undefined while that is read; null without a filter. */
  filtered: { exported: KeyList["exported"] | undefined } | null;
};

/** The keys the table's filter leaves, else all of the batch: as CSV with their flags, as plain text, or on the clipboard. */
export function ExportButtons({ batch, filter, filtered }: Props) {
  const t = useTranslations("keys");
  const { sentence } = useErrorText();
  const [pending, setPending] = useState<"csv" | "txt" | null>(null);
  const counts = filtered ? filtered.exported : { csv: batch.recorded + batch.surplus, txt: batch.usable };
  const scope = filtered ? "filtered" : "all";
  const say = (count: number | undefined) => ({ count: count === undefined ? "…" : formatInteger(count) });
  const none = filtered ? t("batch.filteredEmpty") : t("export.none");
  const blocked = (count: number | undefined) => (count === 0 ? none : undefined);

  const download = async (format: "csv" | "txt") => {
    setPending(format);
    const error = await downloadPost("/api/keys/export", { batchId: batch.id, ...filter, format, purpose: "download" });
    setPending(null);
    if (error) void showToast("danger", sentence(error));
  };

  const fetchAll = async (): Promise<string | null> => {
    const input = { batchId: batch.id, ...filter, format: "txt", purpose: "copy" };
    const fetched = await fetchFile("/api/keys/export", input);
    const text = fetched.ok ? await fetched.response.text().catch(() => null) : null;
    if (text !== null) return text.trimEnd().replaceAll("\r\n", "\n");
    void showToast("danger", sentence(fetched.ok ? { code: "unavailable", key: "no_connection" } : fetched.error));
    return null;
  };

  const copy = t(`export.${scope}.copy`, say(counts?.txt));
  const canCopy = counts !== undefined && counts.txt > 0;
  return (
    <>
      <span className="flex flex-wrap gap-2 max-sm:hidden" title={t("export.audited")}>
        {canCopy && <CopyButton withText text={fetchAll} label={copy} />}
        {FORMATS.map((format) => (
          <Button
            key={format}
            icon="download"
            pending={pending === format || !counts}
            disabledReason={blocked(counts?.[format])}
            onClick={() => download(format)}
          >
            {t(`export.${scope}.${format}`, say(counts?.[format]))}
          </Button>
        ))}
      </span>
      {/* On a phone one button for both files; copying keeps its own, which tells whether it worked. */}
      <span className="flex gap-2 sm:hidden" title={t("export.audited")}>
        {canCopy && <CopyButton text={fetchAll} label={copy} />}
        <Menu
          label={t("export.menu")}
          trigger={(trigger) => (
            <Button
              {...trigger}
              icon="download"
              pending={pending !== null || !counts}
              disabledReason={blocked(counts && Math.max(counts.csv, counts.txt))}
            >
              {t("export.menu")}
            </Button>
          )}
        >
          {FORMATS.filter((format) => counts?.[format] !== 0).map((format) => (
            <MenuItem key={format} icon="download" onSelect={() => void download(format)}>
              {t(`export.${scope}.${format}`, say(counts?.[format]))}
            </MenuItem>
          ))}
        </Menu>
      </span>
    </>
  );
}
