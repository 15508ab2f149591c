import { join } from "node:path";
import { expect, test } from "vitest";
import { deadLinksInComments, deadLinksInMarkdown } from "./doc-links";

const root = join(import.meta.dirname, "..");
const paths = (text: string, file = "docs/page.md") => deadLinksInMarkdown(root, file, text).map(({ path }) => path);

test("a link is looked up from the document's own folder", () => {
  expect(paths("[a](../README.md) [b](decisions) [c](none.md#part)")).toEqual(["docs/none.md"]);
});

test("addresses and anchors are no paths", () => {
  expect(paths("[a](https://example.org/lib/none.ts) [b](#here)")).toEqual([]);
});

test("a code span that is a path of the project must exist; other spans are free", () => {
  expect(paths("`lib/core/env.ts` `lib/core/none.ts` `npm test` `a/b`")).toEqual(["lib/core/none.ts"]);
});

test("a pattern needs one match", () => {
  expect(paths("`messages/*/cards.json` `lib/upstream/<name>/client.ts` `lib/*/none.ts`")).toEqual(["lib/*/none.ts"]);
});

test("a code block is an example", () => {
  expect(paths("```\n[a](none.md)\n```\n[b](none.md)")).toEqual(["docs/none.md"]);
});

test("a comment names only files that exist, with the line", () => {
  const text = 'const a = "lib/none.ts";\n/** See lib/core/env.ts. */\n// and lib/none.ts\n';
  expect(deadLinksInComments(root, "lib/x.ts", text)).toEqual([{ file: "lib/x.ts", line: 3, path: "lib/none.ts" }]);
});
