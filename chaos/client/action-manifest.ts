import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where a server action answers: the page it belongs to and the id it has in this build. */
export type ActionDoor = { path: string; id: string };

type Manifest = {
  node: Record<string, { exportedName?: string; filename?: string; workers: Record<string, unknown> }>;
};

/**
 * The server actions of the production build in `root`, as its own manifest has them. A name is the folder of the file
 * and the exported name: "keys.create".
 */
export function readActionBook(root: string): (name: string) => ActionDoor {
  const manifest = JSON.parse(
    readFileSync(join(root, ".next/server/server-reference-manifest.json"), "utf8"),
  ) as Manifest;
  const doors = new Map<string, ActionDoor>();
  for (const [id, { exportedName, filename = "", workers }] of Object.entries(manifest.node)) {
    const [page] = Object.keys(workers);
    if (exportedName && page) doors.set(`${basename(dirname(filename))}.${exportedName}`, { id, path: pathOf(page) });
  }
  return (name) => {
    const door = doors.get(name);
    if (!door) throw new Error(`the build has no server action ${name}`);
    return door;
  };
}

/** "app/(console)/operations/[operationId]/page" → "/operations/x": groups are no part of a path, any word will do. */
function pathOf(page: string): string {
  const parts = page.split("/").slice(1, -1);
  const words = parts.filter((part) => !part.startsWith("(")).map((part) => (part.startsWith("[") ? "x" : part));
  return `/${words.join("/")}`;
}
