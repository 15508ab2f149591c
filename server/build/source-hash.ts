import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Top-level folders and files that are no part of the built console. */
const outside = new Set([
  "bench",
  "chaos",
  "deploy",
  "docs",
  "e2e",
  "node_modules",
  "scripts",
  "server",
  "test",
  "next-env.d.ts",
]);

/** A digest over every file the build could read: equal digests, equal console. */
export function sourceHash(root: string): string {
  const hash = createHash("sha256");
  for (const path of filesOf(root, ""))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}

function filesOf(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && !(folder === "" && (outside.has(name) || /\.(md|log)$/.test(name))))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return filesOf(root, path);
      return entry.isFile() && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
    });
}
