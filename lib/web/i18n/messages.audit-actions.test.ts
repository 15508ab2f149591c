import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { en } from "./messages-en";
import { zhCN } from "./messages-zh-cn";

const root = join(import.meta.dirname, "../../..");

/** Every action's name written out in the code that records it; those put together from a state are left out. */
function writtenActions(): string[] {
  const files = globSync("lib/**/*.ts", { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
  const named = files.flatMap((file) => {
    const source = readFileSync(join(root, file), "utf8");
    return [...source.matchAll(/\baction: "([a-z_]+\.[a-z_]+)"/g)].map((match) => match[1] ?? "");
  });
  return [...new Set(named)].sort();
}

const read = (words: object, path: string): unknown =>
  path.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], words);

test("finds what the code records", () => {
  expect(writtenActions()).toEqual(expect.arrayContaining(["session.opened", "user.disabled", "audit.exported"]));
});

test.each(writtenActions())("%s has words in both languages, and so has its noun", (action) => {
  for (const { audit } of [zhCN, en]) {
    expect(read(audit.action, action)).toEqual(expect.any(String));
    expect(read(audit.group, action.split(".")[0] ?? "")).toEqual(expect.any(String));
  }
});
