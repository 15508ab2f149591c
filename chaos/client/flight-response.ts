/**
 * Depends on internals of React and Next: the Flight format of a server action's response, in which row 0 names the row
 * of the result. Nothing documents it; after an update of Next a run in which no call gets an answer starts here.
 */

/** What a server action returned. Reads plain data only, which is all our actions return. Undefined: no result. */
export function readActionResult(body: string): unknown {
  const rows = new Map<string, unknown>();
  for (const line of body.split("\n")) {
    const [, id, json] = /^([0-9a-f]+):([[{"].*)$/.exec(line) ?? [];
    if (id === undefined || json === undefined) continue;
    try {
      rows.set(id, JSON.parse(json));
    } catch {
      // Rows of components and text are not JSON; our actions return neither.
    }
  }
  const root = rows.get("0");
  const result = typeof root === "object" && root !== null && "a" in root ? root.a : undefined;
  return typeof result === "string" ? toPlain(result.replace(/^\$@/, "$"), rows) : undefined;
}

function toPlain(value: unknown, rows: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => toPlain(item, rows));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toPlain(item, rows)]));
  if (typeof value !== "string" || !value.startsWith("$")) return value;
  if (value === "$undefined") return undefined;
  if (value.startsWith("$$")) return value.slice(1);
  const [, id = "", path = ""] = /^\$([0-9a-f]+)((?::[^:]+)*)$/.exec(value) ?? [];
  let found = rows.get(id);
  for (const name of path.split(":").slice(1)) found = (found as Record<string, unknown> | undefined)?.[name];
  return toPlain(found, rows);
}
