import "server-only";
import { and, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { env } from "@/lib/core/env";

type Day = string | null | undefined;

/**
 * Rows whose `column` is within two calendar days `YYYY-MM-DD` of the console's time zone, both included. A missing day
 * sets no limit. The days must exist (`daySchema`): PostgreSQL throws for others.
 * Where clocks are set back to 00:00 it comes twice, and PostgreSQL takes the second: the first is an hour after 23:00.
 */
export function inDayRange(column: SQLWrapper, from: Day, to: Day): SQL | undefined {
  const zone = sql`${env().TZ_DISPLAY}::text`;
  const beginOf = (day: SQL) =>
    sql`least(${day}::timestamp at time zone ${zone}, (${day} - interval '1 hour') at time zone ${zone} + interval '1 hour')`;
  return and(
    from ? sql`${column} >= ${beginOf(sql`${from}::date`)}` : undefined,
    to ? sql`${column} < ${beginOf(sql`(${to}::date + 1)`)}` : undefined,
  );
}
