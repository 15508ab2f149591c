import "server-only";

/**
 * A stored setting, brought to what this version knows: what an earlier version did not have gets its default, what a later
 * one has added is dropped, and everything else stays as it was set. Whether the values are right is its schema's to say.
 */
export function onDefaults(stored: unknown, defaults: unknown): unknown {
  if (!isRecord(defaults) || !isRecord(stored)) return stored;
  return Object.fromEntries(
    Object.entries(defaults).map(([key, value]) => [
      key,
      Object.hasOwn(stored, key) ? onDefaults(stored[key], value) : value,
    ]),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
