import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Menu } from "@/components/ui/popover/menu";
import { MenuItem } from "@/components/ui/popover/menu-item";
import { formatInteger } from "@/lib/format/numbers";
import { downloadPost } from "@/lib/web/download-post";

type Props = { text: string; from: number; count: number; canWrite: boolean };

/** Download the whole sheet, the lines without a card too. The server makes the file: it is counted and audited there. */
export function SheetExportMenu({ text, from, count, canWrite }: Props) {
  const t = useTranslations("paste.export");
  const formats = useTranslations("cards.export");
  const { sentence } = useErrorText();
  const [pending, setPending] = useState(false);
  const take = async (format: "csv" | "xlsx") => {
    setPending(true);
    const error = await downloadPost("/api/find/many/export", { format, text, from });
    setPending(false);
    if (error) void showToast("danger", sentence(error));
  };
  return (
    <Menu
      label={formats("menu")}
      trigger={(trigger) => (
        <Button {...trigger} icon="download" size="sm" pending={pending}>
          {t("button", { count: formatInteger(count) })}
        </Button>
      )}
    >
      <MenuItem onSelect={() => take("csv")}>{formats("csv")}</MenuItem>
      <MenuItem onSelect={() => take("xlsx")}>{formats("xlsx")}</MenuItem>
      <p className="max-w-60 px-2 py-1 text-faint text-xs">{formats(canWrite ? "whole" : "masked")}</p>
    </Menu>
  );
}
