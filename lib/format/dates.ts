const defaultZone = "Asia/Shanghai";

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** `YYYY-MM-DD HH:mm:ss` in a zone (IANA name). */
export function formatDateTime(date: Date, zone: string = defaultZone): string {
  return formatterOf(zone).format(date);
}

/** `YYYY-MM-DD` in a zone. */
export function formatDate(date: Date, zone: string = defaultZone): string {
  return formatDateTime(date, zone).slice(0, 10);
}

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** Up to this many seconds ago is "just now". */
const JUST_NOW = 9;

/** "刚刚", "3 分钟前", "in 2 hours": the largest whole unit between the two instants, in the words of a language. */
export function formatRelative(date: Date, now: Date, locale: string): string {
  const chinese = locale.startsWith("zh");
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  if (seconds <= 0 && seconds >= -JUST_NOW) return chinese ? "刚刚" : "just now";
  const [unit, size] = units.find((entry) => Math.abs(seconds) >= entry[1]) ?? (["second", 1] as const);
  const words = relativeIn(locale).format(Math.trunc(seconds / size), unit);
  return chinese ? words.replace(/^(\d+)/, "$1 ") : words;
}

const relatives = new Map<string, Intl.RelativeTimeFormat>();

function relativeIn(locale: string): Intl.RelativeTimeFormat {
  let formatter = relatives.get(locale);
  if (!formatter) {
    // The long style says 20秒钟前 in Chinese, the short one "20 sec. ago" in English.
    const style = locale.startsWith("zh") ? "short" : "long";
    formatter = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style });
    relatives.set(locale, formatter);
  }
  return formatter;
}

/**
 * A wall-clock time without zone, as the upstreams write it (Beijing time, UTC+8 all year): `YYYY-MM-DD HH:mm:ss`.
 * Null for anything that is no such time.
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
