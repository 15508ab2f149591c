import clsx from "clsx";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { RelativeTime } from "@/components/ui/value/relative-time";

type Props = {
  /** When the data was read from its source; null: never. */
  asOf: Date | string | null;
  /** Why it is not newer; turns the note into a warning. */
  reason?: ReactNode;
};

/** The age of mirrored data, shown wherever such data is. */
export function StaleNote({ asOf, reason }: Props) {
  const t = useTranslations("ui");
  return (
    <p className={clsx("flex items-start gap-x-1.5 text-sm", reason ? "text-warning" : "text-faint")}>
      <Icon name={reason ? "warning" : "clock"} size={14} className="mt-[3px]" />
      <span>
        {asOf === null ? t("neverRead") : t.rich("asOf", { ago: () => <RelativeTime value={asOf} /> })}
        {reason && <> · {reason}</>}
      </span>
    </p>
  );
}
