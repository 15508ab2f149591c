import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button/button";
import { formatTotal } from "./format-total";
import type { Paging } from "./types";

/** How many rows there are; where they were not counted to the end, a button does. */
export function PageTotal({ total, atLeast, onCount, counting }: Paging) {
  const t = useTranslations("ui");
  return (
    <>
      <span role="status" className="text-soft">
        {t("total", { total: formatTotal(total, atLeast) })}
      </span>
      {atLeast && onCount && (
        <Button variant="ghost" size="sm" pending={counting ?? false} onClick={onCount}>
          {t("countAll")}
        </Button>
      )}
    </>
  );
}
