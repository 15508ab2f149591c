import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "@/components/clipboard/copy-button";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { formatInteger } from "@/lib/format/numbers";
import type { BatchDetail, KeyList } from "@/lib/keys";
import type { KeyFilter } from "@/lib/keys/types";
import { downloadPost, fetchFile } from "@/lib/web/download-post";

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

  return (
    <span className="flex flex-wrap gap-2" title={t("export.audited")}>
      {counts && counts.txt > 0 && (
        <CopyButton withText text={fetchAll} label={t(`export.${scope}.copy`, say(counts.txt))} />
      )}
      {(["csv", "txt"] as const).map((format) => (
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
  );
}
