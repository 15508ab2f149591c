import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Stat } from "@/components/stat";
import { Icon } from "@/components/ui/icon";
import { Progress } from "@/components/ui/progress";
import type { BillingView, BillingNumbers as Numbers } from "@/lib/billing/types";
import { formatDecimal } from "@/lib/format/micro";
import { formatPercent } from "@/lib/format/numbers";
import { DecimalText } from "./decimal-text";

/** `about`: a `Term` for the points, where the page has its words. */
type Props = { view: BillingView & { numbers: Numbers }; about?: ReactNode };

/** Amount and points left of the total, to the last digit, and the share used. */
export function BillingNumbers({ view, about }: Props) {
  const t = useTranslations("shell.account");
  const { numbers, low, warning, usedShare } = view;
  const tone = (unit: "amount" | "points") => (warning && low.unit === unit ? "warning" : "neutral");
  return (
    <div className="@container grid gap-3">
      <div className="grid gap-x-6 gap-y-3 @md:grid-cols-2">
        <Stat
          label={t("remainingAmount")}
          value={<DecimalText value={numbers.remainingAmount} />}
          note={t("ofTotal", { total: formatDecimal(numbers.amount) })}
          tone={tone("amount")}
        />
        <Stat
          label={t("remainingPoints")}
          about={about}
          value={<DecimalText value={numbers.remainingPoints} />}
          note={t("ofTotal", { total: formatDecimal(numbers.points) })}
          tone={tone("points")}
        />
      </div>
      {usedShare !== null && (
        <div className="flex items-center gap-3">
          <Progress
            className="flex-1"
            label={t("usedLabel")}
            total={10_000}
            segments={[
              {
                value: Math.round(usedShare * 10_000),
                tone: "accent",
                label: t("used", { share: formatPercent(usedShare) }),
              },
            ]}
          />
          <span className="text-soft text-sm">{t("used", { share: formatPercent(usedShare) })}</span>
        </div>
      )}
      {warning && (
        <p className="flex items-center gap-1.5 text-sm text-warning">
          <Icon name="warning" size={14} />
          {t(low.unit === "amount" ? "lowAmount" : "lowPoints", {
            below: formatDecimal(low.below, placesOf(low.below)),
          })}
        </p>
      )}
    </div>
  );
}

/** The threshold is shown with as many decimal places as it was typed with. */
const placesOf = (decimal: string): number => decimal.split(".")[1]?.length ?? 0;
