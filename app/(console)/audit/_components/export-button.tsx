import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { formatInteger } from "@/lib/format/numbers";
import { downloadPost } from "@/lib/web/download-post";
import type { auditFilterOf } from "../search-params";

type Props = { filter: ReturnType<typeof auditFilterOf>; count: number };

/** Downloads all records that match the filters; their number is on the button. */
export function ExportButton({ filter, count }: Props) {
  const t = useTranslations("audit");
  const { sentence } = useErrorText();
  const [pending, setPending] = useState(false);
  const take = async () => {
    setPending(true);
    const error = await downloadPost("/api/audit/export", filter);
    setPending(false);
    if (error) void showToast("danger", sentence(error));
  };
  return (
    <Button icon="download" pending={pending} disabledReason={count === 0 ? t("empty") : undefined} onClick={take}>
      {pending ? t("exporting") : t("export", { count: formatInteger(count) })}
    </Button>
  );
}
