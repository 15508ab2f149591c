import { useTimeZone, useTranslations } from "next-intl";
import { LineChart } from "@/components/charts/line-chart";
import type { CardDetail } from "@/lib/cards/types";
import { formatDateTime } from "@/lib/format/dates";
import { formatInteger } from "@/lib/format/numbers";

/** Fewer say no more than the line of time does. */
const LEAST_POINTS = 3;

/** The balance over time. Each value holds until the next change, the last one until its last confirmation. */
export function CardBalanceHistory({ history, readAt }: Pick<CardDetail, "history" | "readAt">) {
  const t = useTranslations("cards");
  const zone = useTimeZone();
  const points = history.flatMap(({ at, balance }) =>
    typeof balance === "number" ? [{ at: Date.parse(at), value: balance }] : [],
  );
  const last = points.at(-1);
  if (!last || points.length < LEAST_POINTS) return null;
  const confirmed = Date.parse(readAt);
  const drawn = confirmed > last.at ? [...points, { at: confirmed, value: last.value }] : points;
  return (
    <LineChart
      title={t("card.history")}
      points={drawn}
      heads={[t("card.historyAt"), t("columns.balance")]}
      formatValue={formatInteger}
      formatAt={(at) => formatDateTime(new Date(at), zone)}
      leastSpan={4}
      step
    />
  );
}
