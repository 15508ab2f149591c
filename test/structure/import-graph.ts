import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";

/** One import of a file of ours by another; paths from the project's root. */
export type Import = { from: string; to: string };

const ENDINGS = ["", ".ts", ".tsx", ".d.ts", "/index.ts", "/index.tsx"];
const SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*"((?:@\/|\.{1,2}\/)[^"\n]+)"/g;

/** Every TypeScript file under the given folders, tests left out. */
export function listSources(root: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => posix.join(folder, String(name).replaceAll("\\", "/")))
      // What a build leaves behind is no source.
      .filter((path) => !path.split("/").some((part) => part.startsWith(".")))
      .filter((path) => /\.tsx?$/.test(path) && !/\.(test|spec)\.tsx?$/.test(path))
      .filter((path) => statSync(join(root, path)).isFile()),
  );
}

/** Every import among the given files, type imports included. */
export function readImports(root: string, files: readonly string[]): Import[] {
  const known = new Set(files);
  return files.flatMap((from) =>
    [...readFileSync(join(root, from), "utf8").matchAll(SPECIFIER)].flatMap(([, specifier = ""]) => {
      const base = specifier.startsWith("@/") ? specifier.slice(2) : posix.join(dirname(from), specifier);
      const to = ENDINGS.map((ending) => base + ending).find((path) => known.has(path));
      return to ? [{ from, to }] : [];
    }),
  );
}

/**
 * Circles among the direct children (files and folders) of every folder, each as its imports in order. A folder counts
 * as one place: two folders that import each other are a circle even where no two files are.
 */
export function findCircles(imports: readonly Import[]): string[] {
  const circles: string[] = [];
  for (const folder of foldersOf(imports)) {
    const edges = new Map<string, Map<string, Import>>();
    for (const each of imports) {
      const from = childOf(folder, each.from);
      const to = childOf(folder, each.to);
      if (!from || !to || from === to) continue;
      const targets = edges.get(from) ?? new Map<string, Import>();
      edges.set(from, targets.set(to, targets.get(to) ?? each));
    }
    const circle = findCircle(edges);
    if (circle) circles.push(`${folder}: ${circle.map(({ from, to }) => `${from} → ${to}`).join(", ")}`);
  }
  return circles;
}

/** Imports inside `folder` that go from a lower floor to a higher one; `floors` names its children, lowest first. */
export function findUpwardImports(imports: readonly Import[], folder: string, floors: readonly string[]): Import[] {
  const floorOf = (path: string) => floors.indexOf(childOf(folder, path) ?? "");
  return imports.filter(({ from, to }) => {
    const [lower, upper] = [floorOf(to), floorOf(from)];
    return lower >= 0 && upper >= 0 && lower > upper;
  });
}

/** The direct child of a folder that a path lies in, or null if it lies elsewhere. */
export function childOf(folder: string, path: string): string | null {
  return path.startsWith(`${folder}/`) ? (path.slice(folder.length + 1).split("/")[0] ?? null) : null;
}

function foldersOf(imports: readonly Import[]): string[] {
  const folders = new Set<string>();
  for (const { from } of imports) {
    for (let folder = dirname(from); folder !== "."; folder = dirname(folder)) folders.add(folder);
  }
  return [...folders].sort();
}

/** Depth first: the first circle met, as the imports along it. */
function findCircle(edges: ReadonlyMap<string, ReadonlyMap<string, Import>>): Import[] | null {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[], trail: readonly Import[]): Import[] | null => {
    if (path.includes(node)) return trail.slice(path.indexOf(node));
    if (done.has(node)) return null;
    for (const [next, via] of edges.get(node) ?? []) {
      const circle = visit(next, [...path, node], [...trail, via]);
      if (circle) return circle;
    }
    done.add(node);
    return null;
  };
  for (const node of edges.keys()) {
    const circle = visit(node, [], []);
    if (circle) return circle;
  }
  return null;
}
