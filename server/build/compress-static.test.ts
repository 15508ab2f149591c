import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compressStatic } from "./compress-static";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-static-"));
  mkdirSync(join(folder, "chunks"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("scripts and style sheets lie beside themselves compressed both ways; other files stay alone", async () => {
  const script = `self.cards = "${"额度卡 ".repeat(500)}";`;
  writeFileSync(join(folder, "chunks/a.js"), script);
  writeFileSync(join(folder, "b.css"), "td { color: inherit }");
  writeFileSync(join(folder, "icon.svg"), "<svg/>");
  await compressStatic(folder);
  expect(readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()).toEqual(
    ["b.css", "b.css.br", "b.css.gz", "chunks", "chunks/a.js", "chunks/a.js.br", "chunks/a.js.gz", "icon.svg"].map(
      (path) => join(path),
    ),
  );
  const [br, gz] = [".br", ".gz"].map((ending) => readFileSync(join(folder, `chunks/a.js${ending}`)));
  expect(br && brotliDecompressSync(br).toString()).toBe(script);
  expect(gz && gunzipSync(gz).toString()).toBe(script);
  expect(br?.length).toBeLessThan(script.length / 10);
});

test("a second time gives the same files", async () => {
  writeFileSync(join(folder, "a.js"), "export {}");
  await compressStatic(folder);
  const before = readdirSync(folder);
  await compressStatic(folder);
  expect(readdirSync(folder)).toEqual(before);
});
