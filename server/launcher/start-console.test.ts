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

/** What a process with our flags and variables prints. */
async function saidBy(main: string, ...flags: string[]): Promise<string> {
  const env = { ...process.env, ...memoryFlags.env, NODE_COMPILE_CACHE: join(folder, "compiled"), NODE_OPTIONS: "" };
  const { stdout } = await promisify(execFile)(process.execPath, [...memoryFlags.flags, ...flags, main], { env });
  return stdout.trim();
}

test("from the second start on, a process of TypeScript does not load Node's compiler", async () => {
  const main = join(folder, "main.mts");
  // Node's own list of the parts of itself that were loaded.
  writeFileSync(
    main,
    "const parts: string[] = process.moduleLoadList; console.log(parts.some((part) => /amaro/.test(part)));",
  );
  expect(memoryFlags.env.NODE_COMPILE_CACHE).toMatch(/\.next\/cache\/compiled$/);
  expect(await saidBy(main)).toBe("true");
  expect(await saidBy(main)).toBe("false");
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
  expect(`${await saidBy(main)} of 12 hashes' memory`).toBe("0 of 12 hashes' memory");
});

test("a thousand freed blocks of a compiler do not stay with the process, though the last one is still in use", async () => {
  const main = join(folder, "main.mjs");
  writeFileSync(
    main,
    `const block = () => Buffer.alloc(32 * 1024, 1);
    block();
    const before = process.memoryUsage.rss();
    let blocks = Array.from({ length: 1_000 }, block);
    const kept = blocks.at(-1);
    const grown = process.memoryUsage.rss() - before;
    blocks = [];
    // What is swept beside the program is over with the next collection.
    for (let i = 0; i < 3; i++) await gc({ execution: "async" });
    const left = process.memoryUsage.rss() - before;
    console.log(kept.length, grown > 30_000_000, left < 8_000_000);`,
  );
  expect(await saidBy(main, "--expose-gc")).toBe("32768 true true");
});
