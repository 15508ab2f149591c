import clsx from "clsx";
import { useTimeZone, useTranslations } from "next-intl";
import { serverNow } from "@/components/server-now";
import { Button } from "@/components/ui/button/button";
import { DAY_PRESETS, dayPreset } from "@/lib/format/day-presets";

type Props = {
  /** "YYYY-MM-DD", or empty for no bound. */
  from: string | null;
  to: string | null;
  onChange: (range: { from: string; to: string }) => void;
  className?: string;
};

/** Common ranges of days, in the console's zone, for two date fields beside it. They fill the fields in, as typing would. */
export function DayPresets({ from, to, onChange, className }: Props) {
  const t = useTranslations("ui.dayPresets");
  const zone = useTimeZone();
  return (
    <fieldset aria-label={t("label")} className={clsx("flex flex-wrap items-center gap-1", className)}>
      {DAY_PRESETS.map((preset) => {
        const range = dayPreset(preset, serverNow(), zone);
        const active = range.from === from && range.to === to;
        return (
          <Button
            key={preset}
            size="sm"
            variant="ghost"
            aria-pressed={active}
            className={clsx(active && "text-accent!")}
            onClick={() => onChange(dayPreset(preset, serverNow(), zone))}
          >
            {t(preset)}
          </Button>
        );
      })}
    </fieldset>
  );
}
