import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sourceHash } from "./source-hash.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cardesk-sources-"));
  write("app/page.tsx", "one");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

test.each(["app/page.tsx", "lib/new.ts", "messages/en/a.json", "next.config.mjs", "package-lock.json"])(
  "a change of %s asks for a new build",
  (path) => {
    const before = sourceHash(root);
    write(path, "two");
    expect(sourceHash(root)).not.toBe(before);
  },
);

test.each([
  "server/a.ts",
  "test/a.ts",
  "e2e/a.spec.ts",
  "lib/a.test.ts",
  "README.md",
  ".data/secrets.json",
  "docs/a.png",
])("a change of %s does not", (path) => {
  const before = sourceHash(root);
  write(path, "two");
  expect(sourceHash(root)).toBe(before);
});
