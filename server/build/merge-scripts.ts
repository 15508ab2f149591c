import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SOURCE_MAP } from "./share-chunks.ts";

/**
 * The bundler cuts what every page asks for into five files beside its runtime: each costs a browser a request of its own, and some ten
 * milliseconds of a slow processor, mostly before the first row. Let the five be one. They stay where they are: prerendered error pages name them. Returns the new file's name. Throws if the build is not made of what is expected.
 * @param next The folder of Next's build.
 */
export function mergeScripts(next: string): string {
  const manifest = readFileSync(join(next, "build-manifest.json"), "utf8");
  const root: string[] = JSON.parse(manifest).rootMainFiles;
  const runtime = root.find((file) => /\/turbopack-[^/]*\.js$/.test(file));
  const manifests = readdirSync(join(next, "server"), { recursive: true, encoding: "utf8" })
    .filter((name) => MANIFEST.test(name))
    .map((name) => join(next, "server", name));
  const merged = [...new Set([...root.filter((file) => file !== runtime), ...ofEveryPage(manifests)])];
  if (!runtime || merged.length < 2) throw new Error("Next's build has no scripts that every page asks for.");

  const code = merged.map((file) => readFileSync(join(next, file), "utf8").replace(SOURCE_MAP, "")).join(";\n");
  const name = `static/chunks/${createHash("sha256").update(code).digest("base64url").slice(0, 16)}.js`;
  writeFileSync(join(next, name), code);
  for (const path of [join(next, "build-manifest.json"), ...manifests]) {
    const before = readFileSync(path, "utf8");
    const after = merged
      .reduce((text, file) => text.replaceAll(file, name), before)
      .replaceAll(new RegExp(String.raw`("[^"]*${name}")(\s*,\s*\1)+`, "g"), "$1")
      // The first one is asked for by an element of its own, which no other use of the file is matched with.
      .replace(/("rootMainFiles":\s*\[)[^\]]*\]/, `$1"${runtime}","${name}"]`);
    if (after !== before) writeFileSync(path, after);
  }
  return name;
}

/** Where Next's server reads which scripts a page needs. */
const MANIFEST = /(^|[\\/])((middleware-)?build-manifest\.js(on)?|page_client-reference-manifest\.js)$/;

/** Scripts with the client components of the layouts and error pages above every page. */
function ofEveryPage(manifests: string[]): string[] {
  const pages = manifests
    .filter((path) => path.endsWith("page_client-reference-manifest.js"))
    .map((path) => readFileSync(path, "utf8"))
    .map(
      (text): Record<string, string[]> =>
        JSON.parse(text.slice(text.indexOf("= {") + 2).replace(/;\s*$/, "")).entryJSFiles,
    )
    .filter((entries) => "[project]/app/layout" in entries)
    .map((entries) => new Set(Object.values(entries).flat()));
  const [first, ...others] = pages;
  return [...(first ?? [])].filter((file) => others.every((page) => page.has(file)));
}
