import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The ids of all server actions of the production build in `root`. Depends on internals of Next: the path and shape of
 * `server-reference-manifest.json`. Throws when it has none: then every action would be refused.
 */
export function readActionIds(root: string): ReadonlySet<string> {
  const file = join(root, ".next/server/server-reference-manifest.json");
  const { node } = JSON.parse(readFileSync(file, "utf8")) as { node?: Record<string, unknown> };
  const ids = new Set(Object.keys(node ?? {}));
  if (ids.size === 0) throw new Error(`${file} names no server actions`);
  return ids;
}
