import "server-only";
import { and, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { env } from "@/lib/core/env";

type Day = string | null | undefined;

/**
 * Rows whose `column` is within two calendar days `YYYY-MM-DD` of the console's time zone, both included. A missing day
 * sets no limit. The days must exist (`daySchema`): PostgreSQL throws for others.
 */
export function inDayRange(column: SQLWrapper, from: Day, to: Day): SQL | undefined {
  const zone = env().TZ_DISPLAY;
  return and(
    from ? sql`${column} >= (${from}::date)::timestamp at time zone ${zone}::text` : undefined,
    to ? sql`${column} < (${to}::date + 1)::timestamp at time zone ${zone}::text` : undefined,
  );
}
