import { timestamp } from "drizzle-orm/pg-core";

/** An instant: stored with time zone, read as a Date. */
export const timestamptz = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
