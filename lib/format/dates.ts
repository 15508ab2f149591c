const defaultZone = "Asia/Shanghai";
/** Beijing is eight hours ahead of UTC all year; it last turned its clocks in 1991. */
const BEIJING_AHEAD_MS = 8 * 3_600_000;
const BEIJING_FROM = Date.UTC(1992, 0);
const BEIJING_TO = Date.UTC(9999, 0);

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** `YYYY-MM-DD HH:mm:ss` in a zone (IANA name). Throws RangeError for a date that is none. */
export function formatDateTime(date: Date, zone: string = defaultZone): string {
  const ms = date.getTime();
  // Making a formatter takes a slow browser as long as all rows of a table: most consoles need none.
  if (zone === defaultZone && ms >= BEIJING_FROM && ms < BEIJING_TO)
    return new Date(ms + BEIJING_AHEAD_MS).toISOString().slice(0, 19).replace("T", " ");
  return formatterOf(zone).format(date);
}

/** `YYYY-MM-DD` in a zone. */
export function formatDate(date: Date, zone: string = defaultZone): string {
  return formatDateTime(date, zone).slice(0, 10);
}

/** A zone with its offset at that time: `Asia/Shanghai, UTC+8`. */
export function formatZone(date: Date, zone: string = defaultZone): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(date);
  const offset = parts.find((part) => part.type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "";
  return zone === "UTC" ? zone : `${zone}, ${offset}`;
}

/**
 * A local time without zone, as the upstreams write it (Beijing time, UTC+8 all year): `YYYY-MM-DD HH:mm:ss`. Null for
 * anything else, and for a day that does not exist.
 */
export function parseBeijingTime(text: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/.exec(text.trim());
  if (!match) return null;
  const date = new Date(`${match[1]}T${match[2]}+08:00`);
  if (Number.isNaN(date.getTime())) return null;
  return formatDateTime(date) === `${match[1]} ${match[2]}` ? date : null;
}

/** Whether a text is a calendar day `YYYY-MM-DD` that exists. */
export function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  );
}
