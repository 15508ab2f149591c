/**
 * Depends on internals of Next: the path and shape of `server-reference-manifest.json` in a production build. Nothing
 * documents them; after an update of Next a run that finds no actions starts here.
 */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where a server action is posted: a page that uses it, and the id it has in this build. */
export type ActionEndpoint = { path: string; id: string };

/** The endpoint of an action by name. Throws when the build has no such action. */
export type ActionManifest = (name: string) => ActionEndpoint;

type Manifest = {
  node: Record<string, { exportedName?: string; filename?: string; workers: Record<string, unknown> }>;
};

/** Server actions of the production build in `root`, by the file's folder and the exported name: "keys.create". */
export function readActionManifest(root: string): ActionManifest {
  const manifest = JSON.parse(
    readFileSync(join(root, ".next/server/server-reference-manifest.json"), "utf8"),
  ) as Manifest;
  const endpoints = new Map<string, ActionEndpoint>();
  for (const [id, { exportedName, filename = "", workers }] of Object.entries(manifest.node)) {
    const [page] = Object.keys(workers);
    if (exportedName && page)
      endpoints.set(`${basename(dirname(filename))}.${exportedName}`, { id, path: pathOf(page) });
  }
  return (name) => {
    const endpoint = endpoints.get(name);
    if (!endpoint) throw new Error(`the build has no server action ${name}`);
    return endpoint;
  };
}

/** "app/(console)/operations/[operationId]/page" → "/operations/x": no groups, and any parameter will do. */
function pathOf(page: string): string {
  const parts = page.split("/").slice(1, -1);
  const segments = parts.filter((part) => !part.startsWith("(")).map((part) => (part.startsWith("[") ? "x" : part));
  return `/${segments.join("/")}`;
}
