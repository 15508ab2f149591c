import "server-only";
import { formatDateTime } from "@/lib/format/dates";

/** Times of day "HH:mm"; over midnight where `from` is later than `to`. */
export type QuietHours = { on: boolean; from: string; to: string };

type Pending = { rule: string; subject: string; kind: "fired" | "recovered"; severe: boolean };

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
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * What goes into a message now: everything the channel has not been told, in one; in quiet hours only what wakes, with what
 * came before it of the same thing, so that its recovery is never told after it; nothing when the hour's messages are used up.
 * What is left out stays pending, so nothing is lost.
 */
export function planMessage<P extends Pending>({ pending, madeAt, perHour, quiet, now, zone }: Plan<P>): P[] {
  // A clock that was a day ahead and is right again must not silence the channel for a day.
  const recent = madeAt.filter((at) => Math.abs(now.getTime() - at.getTime()) < HOUR_MS);
  if (recent.length >= perHour) return [];
  if (!isQuiet(quiet, now, zone)) return [...pending];
  const isSame = (one: Pending, other: Pending) => one.rule === other.rule && one.subject === other.subject;
  return pending.filter((event, at) => pending.slice(at).some((later) => wakes(later) && isSame(event, later)));
}

/** What begins and is severe comes through in quiet hours. */
export const wakes = ({ kind, severe }: Pick<Pending, "kind" | "severe">): boolean => kind === "fired" && severe;

export function isQuiet({ on, from, to }: QuietHours, now: Date, zone: string): boolean {
  if (!on) return false;
  const time = timeOfDay(now, zone);
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

/** When quiet hours end, to the minute; null if there are none now. */
export function quietUntil(quiet: QuietHours, now: Date, zone: string): Date | null {
  if (!isQuiet(quiet, now, zone)) return null;
  const left = (minutesOf(quiet.to) - minutesOf(timeOfDay(now, zone)) + DAY_MINUTES) % DAY_MINUTES;
  const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  return new Date(minute + left * MINUTE_MS);
}

const timeOfDay = (now: Date, zone: string): string => formatDateTime(now, zone).slice(11, 16);

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
