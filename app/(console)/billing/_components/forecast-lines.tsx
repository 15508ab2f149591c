import { useTranslations } from "next-intl";
import type { ForecastView, RunOutView } from "@/lib/billing/types";

/** When amount and points run out, each with its range; how far the collecting is before that. */
export function ForecastLines({ forecast }: { forecast: ForecastView }) {
  const t = useTranslations("billing.forecast");
  const { amount, points, needsDays } = forecast;
  return (
    <section className="mt-3 border-line border-t pt-3" aria-label={t("title")}>
      <p className="field-label">{t("title")}</p>
      {amount.state === "collecting" ? (
        <p className="text-soft">{t("collecting", { days: oneDecimal(amount.days), needs: needsDays })}</p>
      ) : (
        <ul className="grid gap-0.5">
          <RunOutLine name={t("amount")} runOut={amount} />
          <RunOutLine name={t("points")} runOut={points} />
        </ul>
      )}
      <p className="text-faint text-sm">{t("note")}</p>
    </section>
  );
}

function RunOutLine({ name, runOut }: { name: string; runOut: RunOutView }) {
  const t = useTranslations("billing.forecast");
  if (runOut.state === "collecting") return null;
  const { days, from, to } = runOut;
  return (
    <li>
      {name} {days === null ? t("never") : t("days", { days: oneDecimal(days) })}
      {days !== null && from !== null && (
        <span className="ms-2 inline-block text-soft text-sm">
          {to === null
            ? t("rangeOpen", { from: oneDecimal(from) })
            : t("range", { from: oneDecimal(from), to: oneDecimal(to) })}
        </span>
      )}
    </li>
  );
}

/** Cut off, never rounded up: nothing lasts longer than it does. */
const oneDecimal = (days: number): number => Math.floor(days * 10) / 10;
