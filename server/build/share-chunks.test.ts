import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { shareChunks } from "./share-chunks";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "cardesk-chunks-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, code: string) =>
  writeFileSync(join(folder, name), `${code}\n\n//# sourceMappingURL=${name}.map`);

test("equal chunks become one module under all their names; others stay as they are", () => {
  write("a.js", "module.exports = [1, {}];");
  write("b.js", "module.exports = [1, {}];");
  write("c.js", "module.exports = [2, {}];");
  expect(shareChunks(folder)).toBeGreaterThan(0);
  const load = createRequire(join(folder, "entry.js"));
  expect(load("./b.js")).toBe(load("./a.js"));
  expect(load("./c.js")).toEqual([2, {}]);
  expect(readFileSync(join(folder, "c.js"), "utf8")).toContain("c.js.map");
});

test("a second time there is nothing left to share", () => {
  write("a.js", "module.exports = 1;");
  write("b.js", "module.exports = 1;");
  shareChunks(folder);
  expect(shareChunks(folder)).toBe(0);
});
