import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button/button";
import type { FoundMany } from "@/lib/find/types";
import { formatInteger } from "@/lib/format/numbers";
import { linesOf, SHEET_FILTERS, type SheetFilter } from "./sheet";

type Props = { data: FoundMany; filter: SheetFilter; onFilter: (filter: SheetFilter) => void };

/** Which lines are shown, each with how many there are. */
export function SheetFilters({ data, filter, onFilter }: Props) {
  const t = useTranslations("paste.filter");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-label={t("label")} className="flex flex-wrap gap-1">
      {SHEET_FILTERS.filter((name) => name !== "unread" || linesOf(data, name).length > 0).map((name) => (
        <Button
          key={name}
          size="sm"
          variant={name === filter ? "primary" : "ghost"}
          aria-pressed={name === filter}
          onClick={() => onFilter(name)}
        >
          {t(name, { count: formatInteger(linesOf(data, name).length) })}
        </Button>
      ))}
    </div>
  );
}
