import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button/button";
import { formatInteger } from "@/lib/format/numbers";
import { formatTotal } from "./format-total";

type Props = {
  count: number;
  total: number;
  atLeast: boolean | undefined;
  onClear: () => void;
  /** Offered when some but not all rows are selected. */
  onSelectAll: (() => void) | undefined;
  children: ReactNode;
};

/** "已选 N 张 · 取消选择", actions on the selection, and selecting all matches. */
export function SelectionBar({ count, total, atLeast, onClear, onSelectAll, children }: Props) {
  const t = useTranslations("ui");
  return (
    <section
      aria-label={t("selection")}
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-accent-wash px-4 py-1.5"
    >
      <span role="status" className="font-medium">
        {t("selected", { count: formatInteger(count) })}
      </span>
      <span className="flex items-center">
        <Button variant="ghost" size="sm" onClick={onClear}>
          {t("clearSelection")}
        </Button>
        {onSelectAll && count < total && (
          <Button variant="ghost" size="sm" onClick={onSelectAll}>
            {t("selectAll", { total: formatTotal(total, atLeast) })}
          </Button>
        )}
      </span>
      <span className="ms-auto flex flex-wrap items-center gap-2">{children}</span>
    </section>
  );
}
