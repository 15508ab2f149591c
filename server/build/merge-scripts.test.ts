import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mergeScripts } from "./merge-scripts";

let next: string;
beforeEach(() => {
  next = mkdtempSync(join(tmpdir(), "cardesk-merge-"));
});
afterEach(() => rmSync(next, { recursive: true, force: true }));

const chunk = (name: string) => `static/chunks/${name}.js`;
const read = (path: string) => readFileSync(join(next, path), "utf8");
function write(path: string, text: string): void {
  mkdirSync(dirname(join(next, path)), { recursive: true });
  writeFileSync(join(next, path), text);
}

/** A build of two pages and a route, as the bundler leaves it. */
function build(rootMainFiles = [chunk("a"), chunk("b"), chunk("turbopack-1")]): void {
  for (const name of ["a", "b", "frame", "error", "cards", "turbopack-1"]) write(chunk(name), `push("${name}")`);
  write(chunk("frame"), 'push("frame")\n//# sourceMappingURL=frame.js.map');
  const otherChunks = [chunk("a"), chunk("b")];
  const manifest = JSON.stringify({ rootMainFiles, params: { "/cards": { otherChunks } } }, null, 2);
  write("build-manifest.json", manifest);
  write("server/middleware-build-manifest.js", `globalThis.__BUILD_MANIFEST = ${manifest};\n`);
  write("server/app/cards/page/build-manifest.json", manifest);
  const common = {
    "[project]/app/layout": [chunk("frame")],
    "[project]/app/global-error": [chunk("frame"), chunk("error")],
  };
  references("server/app/cards/page", { ...common, "[project]/app/cards/page": [chunk("frame"), chunk("cards")] });
  references("server/app/login/page", common);
  references("server/app/_global-error/page", { "[project]/app/global-error": [chunk("other")] });
  references("server/app/api/health/route", {});
}

function references(path: string, entryJSFiles: Record<string, string[]>): void {
  const chunks = Object.values(entryJSFiles).map((files) => files.map((file) => `/_next/${file}`));
  const text = `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["/page"] = ${JSON.stringify({ chunks, entryJSFiles })};`;
  write(`${path}_client-reference-manifest.js`, text);
}

test("what every page asks for is one file beside the runtime, under that name wherever the server reads it", () => {
  build();
  const name = mergeScripts(next);
  expect(read(name)).toBe('push("a");\npush("b");\npush("frame");\npush("error")');
  for (const path of ["build-manifest.json", "server/app/cards/page/build-manifest.json"]) {
    expect(JSON.parse(read(path))).toEqual({
      rootMainFiles: [chunk("turbopack-1"), name],
      params: { "/cards": { otherChunks: [name] } },
    });
  }
  expect(read("server/middleware-build-manifest.js")).toContain(`"otherChunks": [\n        "${name}"\n      ]`);
  const page = read("server/app/cards/page_client-reference-manifest.js");
  expect(JSON.parse(page.slice(page.indexOf("= {") + 2, -1))).toEqual({
    chunks: [[`/_next/${name}`], [`/_next/${name}`], [`/_next/${name}`, `/_next/${chunk("cards")}`]],
    entryJSFiles: {
      "[project]/app/layout": [name],
      "[project]/app/global-error": [name],
      "[project]/app/cards/page": [name, chunk("cards")],
    },
  });
});

test("the name follows the content, and the files that are merged stay", () => {
  build();
  const first = mergeScripts(next);
  expect(read(chunk("frame"))).toContain("frame");
  build();
  expect(mergeScripts(next)).toBe(first);
  build();
  write(chunk("b"), "push(2)");
  expect(mergeScripts(next)).not.toBe(first);
});

test("a build that is made otherwise is refused", () => {
  build([chunk("a"), chunk("b")]);
  expect(() => mergeScripts(next)).toThrow("no scripts that every page asks for");
});
