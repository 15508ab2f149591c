import { useLocale, useTimeZone } from "next-intl";
import { formatDate, formatDateTime, formatRelative } from "@/lib/format/dates";

type Props = {
  /** ISO text or Date; null shows —. */
  value: Date | string | null;
  /** Only the day, with the time in the tooltip. */
  dateOnly?: boolean;
};

/** A moment in the user's zone; how long ago stands in the tooltip. */
export function DateTime({ value, dateOnly = false }: Props) {
  const zone = useTimeZone();
  const locale = useLocale();
  if (value === null) return <span className="text-faint">—</span>;
  const date = typeof value === "string" ? new Date(value) : value;
  const full = formatDateTime(date, zone);
  const relative = formatRelative(date, new Date(), locale);
  return (
    <time
      dateTime={date.toISOString()}
      title={dateOnly ? `${full} · ${relative}` : relative}
      className="whitespace-nowrap"
      // The tooltip's "3 minutes ago" may differ between server and browser.
      suppressHydrationWarning
    >
      {dateOnly ? formatDate(date, zone) : full}
    </time>
  );
}
