import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listSources, readImports } from "./import-graph";

const root = join(import.meta.dirname, "../..");
const files = listSources(root, ["app", "components", "lib"]);
const imports = readImports(root, files);
const clientFiles = files.filter((file) => readFileSync(join(root, file), "utf8").startsWith('"use client"'));

/** Files that Next itself loads: pages, layouts, routes and error screens. */
const ENTRY = /^app\/(?:.*\/)?(?:page|layout|route|not-found|error|global-error)\.tsx?$/;

/** Every file that runs on the server: what Next loads and all it imports, up to the files marked "use client". */
function serverFiles(): Set<string> {
  const found = new Set<string>();
  const follow = (file: string) => {
    if (found.has(file) || clientFiles.includes(file)) return;
    found.add(file);
    for (const { from, to } of imports) if (from === file) follow(to);
  };
  files.filter((file) => ENTRY.test(file)).forEach(follow);
  return found;
}

test('"use client" marks the border: only files that a server file imports carry it', () => {
  const server = serverFiles();
  const border = new Set(imports.filter(({ from }) => server.has(from)).map(({ to }) => to));
  expect(clientFiles.length).toBeGreaterThan(0);
  expect(clientFiles.filter((file) => !border.has(file) && !ENTRY.test(file))).toEqual([]);
});
