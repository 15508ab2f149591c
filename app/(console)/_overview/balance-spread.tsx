import { useTranslations } from "next-intl";
import { BarChart } from "@/components/charts/bar-chart";
import { Panel } from "@/components/panel";
import { formatInteger } from "@/lib/format/numbers";
import type { BalanceBucket, BalanceView } from "@/lib/monitoring";

/** The distribution of the paid cards' balances; unlimited and unknown are counted separately. */
export function BalanceSpread({ balances }: { balances: BalanceView }) {
  const t = useTranslations("overview");
  const name = ({ from, to }: BalanceBucket) => {
    if (to === null) return t("open", { from: formatInteger(from) });
    return to === 0 ? t("none") : t("range", { from: formatInteger(from), to: formatInteger(to) });
  };
  return (
    <Panel title={t("distribution")} actions={<span className="text-faint text-sm">{t("distributionUnit")}</span>}>
      <BarChart
        title={t("distribution")}
        formatValue={formatInteger}
        bars={[
          ...balances.buckets.map((bucket) => ({
            label: name(bucket),
            value: bucket.cards,
            href: `/cards?types=1,2,3,4,5&min=${bucket.from}${bucket.to === null ? "" : `&max=${bucket.to}`}`,
            tone: bucket.to === 0 ? ("warning" as const) : ("accent" as const),
          })),
          { label: t("unlimited"), value: balances.unlimited },
          { label: t("unknown"), value: balances.unknown, tone: "unknown" as const },
        ]}
      />
    </Panel>
  );
}
