import { useTimeZone, useTranslations } from "next-intl";
import { useMemo } from "react";
import { serverNow } from "@/components/server-now";
import { useRelativeTime } from "@/components/ui/value/use-relative-time";
import { formatDateTime } from "@/lib/format/dates";
import { formatInteger } from "@/lib/format/numbers";
import type { Column } from "./types";

type Cells<Row, More extends keyof Column<Row> = never> = Required<Pick<Column<Row>, "cell" | "tone" | "hint" | More>>;
type Time = Date | string | null;
/** null is unknown and shown as —, never as 0. */
type Count = number | bigint | "unlimited" | null;

const toDate = (time: Date | string) => (typeof time === "string" ? new Date(time) : time);

/** How columns of times and counts write their cells: as text, with what writes it made once for all rows. */
export function useCells<Row>() {
  const t = useTranslations("ui");
  const zone = useTimeZone();
  const writeRelative = useRelativeTime();
  return useMemo(
    () => ({
      /** Times in the user's zone; how long ago is the hint. */
      times: (timeOf: (row: Row) => Time): Cells<Row, "look"> => ({
        look: "time",
        cell: (row) => {
          const time = timeOf(row);
          return time === null ? "—" : formatDateTime(toDate(time), zone);
        },
        tone: (row) => (timeOf(row) === null ? "none" : undefined),
        hint: (row) => {
          const time = timeOf(row);
          return time === null ? undefined : writeRelative(toDate(time), serverNow());
        },
      }),
      /** Counts of calls or cards. */
      counts: (countOf: (row: Row) => Count): Cells<Row> => ({
        cell: (row) => {
          const count = countOf(row);
          if (count === null) return "—";
          return count === "unlimited" ? t("unlimited") : formatInteger(count);
        },
        tone: (row) => (countOf(row) === null ? "none" : undefined),
        hint: (row) => (countOf(row) === null ? t("unknownValue") : undefined),
      }),
    }),
    [t, zone, writeRelative],
  );
}
