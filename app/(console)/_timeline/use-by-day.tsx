import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ColumnChart } from "@/components/charts/column-chart";
import { roundTicks } from "@/components/charts/round-ticks";
import { formatInteger } from "@/lib/format/numbers";
import { cardUseQuery } from "./query-options";

/** An axis for calls has whole numbers only. */
const LEAST = 4;

/** What was used on each of the last days, as columns; a sentence where nothing was. */
export function UseByDay({ cardIds }: { cardIds: readonly string[] }) {
  const t = useTranslations("timeline");
  const { data } = useQuery(cardUseQuery(cardIds));
  const [first] = data?.days ?? [];
  const last = data?.days.at(-1);
  if (!data || !first || !last) return null;
  const total = data.days.reduce((sum, { calls }) => sum + calls, 0);
  if (total === 0) return <p className="text-soft text-sm">{t("unused", { days: data.days.length })}</p>;
  const ticks = roundTicks(Math.max(LEAST, ...data.days.map(({ calls }) => calls))).filter(Number.isInteger);
  return (
    <>
      <p className="mb-2 text-soft text-sm">{t("used", { days: data.days.length, total })}</p>
      <ColumnChart
        title={t("useByDay")}
        columns={data.days.map(({ day, calls }) => ({ name: day, value: calls, exact: formatInteger(calls) }))}
        ticks={ticks}
        formatTick={formatInteger}
        ends={[first.day.slice(5), last.day.slice(5)]}
        heads={[t("day"), t("calls")]}
      />
    </>
  );
}
