import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * The bundler writes the same chunk many times under different names, once for a group of routes, and each is then kept
 * in memory. Let equal ones be one file: Node loads a link as the file it leads to, and a file only once. Returns how many
 * bytes are loaded less.
 */
export function shareChunks(folder: string): number {
  const first = new Map<string, string>();
  let saved = 0;
  for (const path of scriptsIn(folder)) {
    const code = readFileSync(path, "utf8").replace(SOURCE_MAP, "");
    const digest = createHash("sha256").update(code).digest("hex");
    const same = first.get(digest);
    if (same === undefined) {
      first.set(digest, path);
      continue;
    }
    if (!link(path, relative(dirname(path), same))) return saved;
    saved += code.length;
  }
  return saved;
}

/** The file becomes a link, in one step; false, and it stays: this system makes none, as Windows without the right to. */
function link(path: string, target: string): boolean {
  const made = `${path}.link`;
  try {
    symlinkSync(target, made);
  } catch {
    return false;
  }
  renameSync(made, path);
  return true;
}

/** The name of the map, in which alone equal chunks differ. */
export const SOURCE_MAP = /\n\/\/# sourceMappingURL=.*\s*$/;

/** Not across folders: those of pages and of routes run with different variants of React. */
function scriptsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
    .map(({ name }) => join(folder, name))
    .sort();
}
