import { useLocale, useTimeZone } from "next-intl";
import { useEffect, useState } from "react";
import { formatDateTime, formatRelative } from "@/lib/format/dates";

/** How long ago, kept current; the exact moment stands in the tooltip. */
export function RelativeTime({ value }: { value: Date | string }) {
  const zone = useTimeZone();
  const locale = useLocale();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 15_000);
    return () => clearInterval(timer);
  }, []);
  const date = typeof value === "string" ? new Date(value) : value;
  // The server's clock may be a little ahead of this one; "in 2 seconds" would be odd.
  const latest = new Date(Math.max(date.getTime(), now.getTime()));
  return (
    <time
      dateTime={date.toISOString()}
      title={formatDateTime(date, zone)}
      className="whitespace-nowrap"
      suppressHydrationWarning
    >
      {formatRelative(date, latest, locale)}
    </time>
  );
}
