import "server-only";
import { sharedSlot } from "@/lib/core/shared-slot";
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
  /** How many came since the listeners were last called with this one. */
  added: number;
  /** The last value's shape, never the value: "string(8)", "number", "null". */
  sample: string;
  lastAt: Date;
};

/** Report one field of an answer that is not as documented. */
export type DriftReporter<Field extends string = string> = (field: Field, what: DriftKind, value: unknown) => void;

type Listener = (drifts: Drift[]) => void;
type Registry = { entries: Map<string, Drift>; changed: Set<Drift>; listeners: Set<Listener> };

const slot = sharedSlot<Registry>("upstream-drift");

function registry(): Registry {
  slot.value ??= { entries: new Map(), changed: new Set(), listeners: new Set() };
  return slot.value;
}

/** Count a field that is not as documented. Listeners are called soon after, once for many reports. */
export function reportDrift(
  upstream: UpstreamName,
  call: string,
  field: string,
  what: DriftKind,
  value: unknown,
): void {
  const { entries, changed } = registry();
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
  if (changed.size === 0) setImmediate(notifyListeners);
  changed.add(drift);
}

/** The reporter of one call's answers. */
export function driftReporter(upstream: UpstreamName, call: string): DriftReporter {
  return (field, what, value) => reportDrift(upstream, call, field, what, value);
}

/** All drift this process has counted. */
export function upstreamDrift(): Drift[] {
  return [...registry().entries.values()].map((drift) => ({ ...drift }));
}

/** Listen to new drift, in batches, e.g. to store it. Returns the function that unsubscribes. A listener may throw. */
export function onDrift(listener: Listener): () => void {
  registry().listeners.add(listener);
  return () => registry().listeners.delete(listener);
}

function notifyListeners() {
  const { changed, listeners } = registry();
  const batch = [...changed].map((drift) => ({ ...drift }));
  for (const drift of changed) drift.added = 0;
  changed.clear();
  for (const listener of listeners)
    try {
      listener(batch);
    } catch {
      // Counting drift must never break the call that reported it, nor keep the other listeners from it.
    }
}

/** A value's shape. Strings of up to two characters (a new card type) are shown as they are: they identify nobody. */
export function shapeOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return value.length <= 2 ? JSON.stringify(value) : `string(${value.length})`;
  if (Array.isArray(value)) return `array(${value.length})`;
  return typeof value === "object" ? `object(${Object.keys(value).length})` : typeof value;
}
