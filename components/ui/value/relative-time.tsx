import { useTimeZone } from "next-intl";
import { useEffect, useState } from "react";
import { serverNow } from "@/components/server-now";
import { formatDateTime } from "@/lib/format/dates";
import { useRelativeTime } from "./use-relative-time";

/** A relative time, kept current; the exact time is in the tooltip. */
export function RelativeTime({ value }: { value: Date | string }) {
  const zone = useTimeZone();
  const writeRelative = useRelativeTime();
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 15_000);
    return () => clearInterval(timer);
  }, []);
  const date = typeof value === "string" ? new Date(value) : value;
  // The server's clock may be ahead; never show "in 2 seconds".
  const latest = new Date(Math.max(date.getTime(), now.getTime()));
  return (
    <time
      dateTime={date.toISOString()}
      title={formatDateTime(date, zone)}
      className="whitespace-nowrap"
      suppressHydrationWarning
    >
      {writeRelative(date, latest)}
    </time>
  );
}
