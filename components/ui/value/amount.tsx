import clsx from "clsx";
import { useTranslations } from "next-intl";
import { formatInteger } from "@/lib/format/numbers";

type Props = {
  /** null is unknown and shown as —, never as 0. */
  value: number | bigint | "unlimited" | null;
  className?: string;
};

/** A count of calls or cards: separators, tabular digits; "unlimited" and unknown in words. */
export function Amount({ value, className }: Props) {
  const t = useTranslations("ui");
  if (value === null) {
    return (
      <span className={clsx("text-faint", className)} title={t("unknownValue")}>
        —
      </span>
    );
  }
  if (value === "unlimited") return <span className={className}>{t("unlimited")}</span>;
  return <span className={clsx("tabular-nums", className)}>{formatInteger(value)}</span>;
}
