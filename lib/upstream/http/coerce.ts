import "server-only";
import { parseBeijingTime } from "@/lib/format/dates";

/** The end of the year 9999: PostgreSQL can't read a later time (one in microseconds) as JavaScript writes it. */
const LATEST_MS = 253_402_300_799_999;

/** Epoch milliseconds, as a number or a string of digits; null for anything else. */
export function epochMsToDate(value: unknown): Date | null {
  const ms = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof ms !== "number" || !(ms >= 0 && ms <= LATEST_MS)) return null;
  return new Date(ms);
}

/** "2023-02-22 09:22:41" in Beijing as an instant; null for anything else, also for a day that does not exist. */
export function beijingTimeToDate(value: unknown): Date | null {
  return typeof value === "string" ? parseBeijingTime(value) : null;
}

/** A whole number ≥ 0, as a number or a string of digits; null for anything else. */
export function toCount(value: unknown): number | null {
  const count = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : null;
}
