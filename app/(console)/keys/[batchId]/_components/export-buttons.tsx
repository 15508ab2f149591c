import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "@/components/clipboard/copy-button";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { formatInteger } from "@/lib/format/numbers";
import type { BatchDetail } from "@/lib/keys";
import { downloadPost, fetchFile } from "@/lib/web/download-post";

/** All keys of a batch: as CSV with their flags, as plain text, or on the clipboard. */
export function ExportButtons({ batch }: { batch: BatchDetail }) {
  const t = useTranslations("keys");
  const { sentence } = useErrorText();
  const [pending, setPending] = useState<"csv" | "txt" | null>(null);
  const plain = formatInteger(batch.usable);
  const nothing = batch.recorded === 0 ? t("export.none") : undefined;

  const download = async (format: "csv" | "txt") => {
    setPending(format);
    const error = await downloadPost("/api/keys/export", { batchId: batch.id, format, purpose: "download" });
    setPending(null);
    if (error) void showToast("danger", sentence(error));
  };

  const fetchAll = async (): Promise<string | null> => {
    const fetched = await fetchFile("/api/keys/export", { batchId: batch.id, format: "txt", purpose: "copy" });
    const text = fetched.ok ? await fetched.response.text().catch(() => null) : null;
    if (text !== null) return text.trimEnd().replaceAll("\r\n", "\n");
    void showToast("danger", sentence(fetched.ok ? { code: "unavailable", key: "no_connection" } : fetched.error));
    return null;
  };

  return (
    <span className="flex flex-wrap gap-2" title={t("export.audited")}>
      {batch.usable > 0 && <CopyButton withText text={fetchAll} label={t("export.copy", { count: plain })} />}
      <Button icon="download" pending={pending === "csv"} disabledReason={nothing} onClick={() => download("csv")}>
        {t("export.csv", { count: formatInteger(batch.recorded) })}
      </Button>
      <Button icon="download" pending={pending === "txt"} disabledReason={nothing} onClick={() => download("txt")}>
        {t("export.txt", { count: plain })}
      </Button>
    </span>
  );
}
