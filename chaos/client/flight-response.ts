/**
 * Read what a server action returned out of its answer (React's flight format): row 0 names the row of the result.
 * Only plain data is understood, which is all our actions return. Undefined when there is no such row.
 */
export function readActionResult(body: string): unknown {
  const rows = new Map<string, unknown>();
  for (const line of body.split("\n")) {
    const [, id, json] = /^([0-9a-f]+):([[{"].*)$/.exec(line) ?? [];
    if (id === undefined || json === undefined) continue;
    try {
      rows.set(id, JSON.parse(json));
    } catch {
      // Rows of components and texts are no plain JSON, and never the result of an action of ours.
    }
  }
  const root = rows.get("0");
  const result = typeof root === "object" && root !== null && "a" in root ? root.a : undefined;
  return typeof result === "string" ? plain(result.replace(/^\$@/, "$"), rows) : undefined;
}

function plain(value: unknown, rows: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, rows));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item, rows)]));
  if (typeof value !== "string" || !value.startsWith("$")) return value;
  if (value === "$undefined") return undefined;
  if (value.startsWith("$$")) return value.slice(1);
  const [, id = "", path = ""] = /^\$([0-9a-f]+)((?::[^:]+)*)$/.exec(value) ?? [];
  let found = rows.get(id);
  for (const name of path.split(":").slice(1)) found = (found as Record<string, unknown> | undefined)?.[name];
  return plain(found, rows);
}
