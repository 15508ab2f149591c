import { useTranslations } from "next-intl";
import { Stat } from "@/components/stat";
import { formatInteger } from "@/lib/format/numbers";
import type { Totals } from "./sheet";

/** What the sheet adds up to. */
export function SheetTotals({ totals }: { totals: Totals }) {
  const t = useTranslations("paste.totals");
  const { lines, found, unread, cards, calls, unlimited, unknown, amounts } = totals;
  const uncounted = [
    unlimited > 0 && t("unlimited", { count: unlimited }),
    unknown > 0 && t("unknown", { count: unknown }),
  ];
  return (
    <section
      aria-label={t("label")}
      className="mb-3 grid grid-cols-2 gap-3 rounded-lg border border-line bg-surface px-4 py-3 xl:grid-cols-4"
    >
      <Stat
        label={t("lines")}
        value={formatInteger(lines)}
        note={t("found", { found, missing: lines - found - unread, unread })}
      />
      <Stat label={t("cards")} value={formatInteger(cards)} />
      <Stat
        label={t("calls")}
        value={formatInteger(calls)}
        note={
          unlimited + unknown > 0 && t("uncounted", { what: uncounted.filter((part) => part !== false).join(" · ") })
        }
      />
      {amounts && (
        <Stat
          label={t("amounts")}
          value={formatInteger(amounts.all)}
          note={amounts.found !== amounts.all && t("amountsFound", { found: amounts.found })}
        />
      )}
    </section>
  );
}
