import { useTranslations } from "next-intl";
import { useState } from "react";
import { formatTotal } from "@/components/data-table/format-total";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { loadWhenOnline } from "@/components/load-when-online";
import { Button } from "@/components/ui/button/button";
import { Menu } from "@/components/ui/popover/menu";
import { MenuItem } from "@/components/ui/popover/menu-item";
import type { CardFilter, CardSort } from "@/lib/cards/types";
import type { PublicError } from "@/lib/core/errors";

type ExportScope =
  | { kind: "selected"; ids: string[] }
  | { kind: "filtered"; filter: CardFilter; sort: CardSort }
  | { kind: "all" };

type Props = { scope: ExportScope; count: number; atLeast?: boolean; canWrite: boolean; small?: boolean };

/** Download cards. The button says which and how many; the menu offers formats and says whether data is masked. */
export function ExportMenu({ scope, count, atLeast = false, canWrite, small = false }: Props) {
  const t = useTranslations("cards.export");
  const { sentence } = useErrorText();
  const [pending, setPending] = useState(false);
  const take = async (format: "csv" | "xlsx" | "txt") => {
    setPending(true);
    const error = await loadWhenOnline(() => import("@/lib/web/download-post")).then(
      ({ downloadPost }) => downloadPost("/api/cards/export", { format, scope }),
      (): PublicError => ({ code: "unavailable", key: "no_connection" }),
    );
    setPending(false);
    if (error) void showToast("danger", sentence(error));
  };
  return (
    <Menu
      label={t("menu")}
      trigger={(trigger) => (
        <Button
          {...trigger}
          icon="download"
          size={small ? "sm" : "md"}
          pending={pending}
          disabledReason={count === 0 ? t("nothing") : undefined}
        >
          {t("button", { scope: t(`scope.${scope.kind}`), count: formatTotal(count, atLeast) })}
        </Button>
      )}
    >
      <MenuItem onSelect={() => take("csv")}>{t("csv")}</MenuItem>
      <MenuItem onSelect={() => take("xlsx")}>{t("xlsx")}</MenuItem>
      <MenuItem onSelect={() => take("txt")}>{t("txt")}</MenuItem>
      <p className="max-w-60 px-2 py-1 text-faint text-xs">{t(canWrite ? "whole" : "masked")}</p>
    </Menu>
  );
}
