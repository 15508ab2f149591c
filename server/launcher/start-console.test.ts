import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { memoryFlags } from "./start-console.ts";

/** What one of our hashes works in (COST in lib/users/password.ts). */
const HASH_KIB = 19_456;

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

test("the memory a password's hash works in does not stay with the process", async () => {
  const main = join(folder, "main.mjs");
  const cost = { memory: HASH_KIB, passes: 2, parallelism: 1, tagLength: 32 };
  const input = JSON.stringify({ message: "a password", nonce: "a nonce of 16 by", ...cost });
  // Reading files in between has the hashes done by all threads of the pool, so in all arenas.
  writeFileSync(
    main,
    `import { argon2 } from "node:crypto";
    import { readFile } from "node:fs/promises";
    import { promisify } from "node:util";
    const hash = () => promisify(argon2)("argon2id", ${input});
    const before = process.memoryUsage.rss();
    for (let i = 0; i < 12; i++) {
      await Promise.all([readFile(import.meta.filename), readFile(import.meta.filename)]);
      await hash();
    }
    console.log(Math.floor((process.memoryUsage.rss() - before) / ${HASH_KIB * 1024}));`,
  );
  const env = { ...process.env, ...memoryFlags.env, NODE_COMPILE_CACHE: join(folder, "compiled"), NODE_OPTIONS: "" };
  const { stdout } = await promisify(execFile)(process.execPath, [...memoryFlags.flags, main], { env });
  expect(`${stdout.trim()} of 12 hashes' memory`).toBe("0 of 12 hashes' memory");
});
