import { formatDate } from "./dates";

export const DAY_PRESETS = ["today", "yesterday", "week", "month"] as const;
export type DayPreset = (typeof DAY_PRESETS)[number];

/** Two calendar days `YYYY-MM-DD`, both included. */
export type DayRange = { from: string; to: string };

/** What a preset means at that moment in a zone. "week" is today and the six days before, "month" begins on its first. */
export function dayPreset(preset: DayPreset, now: Date, zone?: string): DayRange {
  const today = formatDate(now, zone);
  if (preset === "today") return { from: today, to: today };
  if (preset === "yesterday") return { from: daysBefore(today, 1), to: daysBefore(today, 1) };
  if (preset === "week") return { from: daysBefore(today, 6), to: today };
  return { from: `${today.slice(0, 8)}01`, to: today };
}

/** Counted in whole days of the calendar: where clocks are changed a day has not always 24 hours. */
export function daysBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}
