import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { en } from "./messages-en";
import { zhCN } from "./messages-zh-cn";

const folder = join(import.meta.dirname, "../../../messages");
const filesOf = (locale: string) => readdirSync(join(folder, locale)).sort();

/** Dotted key → sorted names of the arguments and tags of its message. */
function argumentsByKey(locale: string, file: string): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  const walk = (node: unknown, path: string) => {
    if (typeof node === "string") result[path] = [...new Set(namesIn(parse(node)))].sort();
    else for (const [key, child] of Object.entries(node as object)) walk(child, path ? `${path}.${key}` : key);
  };
  walk(JSON.parse(readFileSync(join(folder, locale, file), "utf8")), "");
  return result;
}

type Nodes = ReturnType<typeof parse>;

function namesIn(nodes: Nodes): string[] {
  return nodes.flatMap((node) => {
    if (!("value" in node) || node.type === 0) return [];
    if ("children" in node) return [`<${node.value}>`, ...namesIn(node.children)];
    const inner = "options" in node ? Object.values(node.options).flatMap((option) => namesIn(option.value)) : [];
    return [node.value, ...inner];
  });
}

describe("messages", () => {
  test("both languages have the same files", () => {
    expect(filesOf("en")).toEqual(filesOf("zh-CN"));
  });

  test("every file is loaded", () => {
    const names = filesOf("zh-CN").map((file) => file.replace(/\.json$/, ""));
    expect(Object.keys(zhCN).sort()).toEqual(names);
    expect(Object.keys(en).sort()).toEqual(names);
  });

  test.each(filesOf("zh-CN"))("%s has the same keys and arguments in both languages", (file) => {
    expect(argumentsByKey("en", file)).toEqual(argumentsByKey("zh-CN", file));
  });

  test.each(filesOf("zh-CN"))("%s puts a space between Chinese and Latin", (file) => {
    const text = readFileSync(join(folder, "zh-CN", file), "utf8");
    expect(text.match(/[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/g)).toBeNull();
  });
});
