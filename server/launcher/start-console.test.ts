import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { memoryFlags } from "./start-console.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-compiled-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("from the second start on, a process of TypeScript does not load Node's compiler", async () => {
  const main = join(folder, "main.mts");
  // Node's own list of the parts of itself that were loaded.
  writeFileSync(
    main,
    "const parts: string[] = process.moduleLoadList; console.log(parts.some((part) => /amaro/.test(part)));",
  );
  expect(memoryFlags.env.NODE_COMPILE_CACHE).toMatch(/\.next\/cache\/compiled$/);
  const env = { ...process.env, ...memoryFlags.env, NODE_COMPILE_CACHE: join(folder, "compiled"), NODE_OPTIONS: "" };
  const loadsCompiler = async () =>
    (await promisify(execFile)(process.execPath, [...memoryFlags.flags, main], { env })).stdout.trim();
  expect(await loadsCompiler()).toBe("true");
  expect(await loadsCompiler()).toBe("false");
});
