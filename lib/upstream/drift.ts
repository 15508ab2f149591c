import "server-only";
import type { UpstreamName } from "./types";

export type DriftKind = "missing" | "type" | "unknown_value";

/** One way in which answers differ from the contract, counted since the process started. */
export type Drift = {
  upstream: UpstreamName;
  /** The call's path. */
  call: string;
  field: string;
  what: DriftKind;
  count: number;
  /** How many came since the listeners last heard of this one. */
  added: number;
  /** The last value's shape, never the value: "string(8)", "number", "null". */
  sample: string;
  lastAt: Date;
};

type Listener = (drifts: Drift[]) => void;
type Book = { entries: Map<string, Drift>; changed: Set<Drift>; listeners: Set<Listener> };

const slot = Symbol.for("cardesk.upstream-drift");
const shared = globalThis as { [slot]?: Book };

function book(): Book {
  shared[slot] ??= { entries: new Map(), changed: new Set(), listeners: new Set() };
  return shared[slot];
}

/** Count a field that is not as documented. Listeners hear of it soon after, once for many. */
export function reportDrift(
  upstream: UpstreamName,
  call: string,
  field: string,
  what: DriftKind,
  value: unknown,
): void {
  const { entries, changed } = book();
  const key = `${upstream} ${call} ${field} ${what}`;
  const drift = entries.get(key) ?? {
    upstream,
    call,
    field,
    what,
    count: 0,
    added: 0,
    sample: "",
    lastAt: new Date(0),
  };
  entries.set(key, drift);
  drift.count += 1;
  drift.added += 1;
  drift.sample = shapeOf(value);
  drift.lastAt = new Date();
  if (changed.size === 0) setImmediate(tell);
  changed.add(drift);
}

export function upstreamDrift(): Drift[] {
  return [...book().entries.values()].map((drift) => ({ ...drift }));
}

/** Hear of new drift, in bundles, e.g. to keep it. Returns how to stop. A listener that throws hurts nobody else. */
export function onDrift(listener: Listener): () => void {
  book().listeners.add(listener);
  return () => book().listeners.delete(listener);
}

function tell() {
  const { changed, listeners } = book();
  const news = [...changed].map((drift) => ({ ...drift }));
  for (const drift of changed) drift.added = 0;
  changed.clear();
  for (const listener of listeners)
    try {
      listener(news);
    } catch {
      // Keeping count must never disturb the call that is being counted.
    }
}

/** A value's shape. Codes of up to two characters (a new card type) are told as they are: they name nobody. */
export function shapeOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return value.length <= 2 ? JSON.stringify(value) : `string(${value.length})`;
  if (Array.isArray(value)) return `array(${value.length})`;
  return typeof value === "object" ? `object(${Object.keys(value).length})` : typeof value;
}
