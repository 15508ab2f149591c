import "server-only";
import { formatDateTime } from "@/lib/format/dates";

/** Times of day "HH:mm"; over midnight where `from` is later than `to`. */
export type QuietHours = { on: boolean; from: string; to: string };

type Pending = { kind: "fired" | "recovered"; severe: boolean };

export type Plan<P> = {
  /** What the channel has not been told, oldest first. */
  pending: readonly P[];
  /** When messages to it were made, as far back as an hour; of a clock that was ahead, also later than now. */
  madeAt: readonly Date[];
  perHour: number;
  quiet: QuietHours;
  now: Date;
  /** IANA name: quiet hours are hours of this zone. */
  zone: string;
};

const HOUR_MS = 3_600_000;

/**
 * What goes into a message now: everything the channel has not been told, in one; what begins and is severe alone in quiet
 * hours; nothing when the hour's messages are used up. What is left out stays pending, so nothing is lost.
 */
export function planMessage<P extends Pending>({ pending, madeAt, perHour, quiet, now, zone }: Plan<P>): P[] {
  // A clock that was a day ahead and is right again must not silence the channel for a day.
  const recent = madeAt.filter((at) => Math.abs(now.getTime() - at.getTime()) < HOUR_MS);
  if (recent.length >= perHour) return [];
  if (!isQuiet(quiet, now, zone)) return [...pending];
  return pending.filter(({ kind, severe }) => kind === "fired" && severe);
}

export function isQuiet({ on, from, to }: QuietHours, now: Date, zone: string): boolean {
  if (!on) return false;
  const time = formatDateTime(now, zone).slice(11, 16);
  return from <= to ? time >= from && time < to : time >= from || time < to;
}
