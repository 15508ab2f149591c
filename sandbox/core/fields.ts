/** The value as an object of unknowns; anything that is no object counts as empty. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Whether a parameter was not given; the upstreams treat null and "" as missing. */
export const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === "";
