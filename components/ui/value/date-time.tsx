import { useTimeZone } from "next-intl";
import { serverNow } from "@/components/server-now";
import { formatDateTime } from "@/lib/format/dates";
import { useRelativeTime } from "./use-relative-time";

type Props = {
  /** ISO text or Date; null shows —. */
  value: Date | string | null;
};

/** A time in the user's zone; the relative time is in the tooltip. */
export function DateTime({ value }: Props) {
  const zone = useTimeZone();
  const writeRelative = useRelativeTime();
  if (value === null) return <span className="text-faint">—</span>;
  const date = typeof value === "string" ? new Date(value) : value;
  return (
    <time
      dateTime={date.toISOString()}
      title={writeRelative(date, serverNow())}
      className="whitespace-nowrap"
      // The tooltip's "3 minutes ago" may differ between server and browser.
      suppressHydrationWarning
    >
      {formatDateTime(date, zone)}
    </time>
  );
}
