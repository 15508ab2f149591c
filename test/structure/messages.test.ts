import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { commonNamespaces } from "@/lib/web/i18n/common-namespaces";
import { dialogMessages } from "@/lib/web/i18n/dialog-messages-zh-cn";

import { listSources, readImports } from "./import-graph";

const root = join(import.meta.dirname, "../..");
const files = listSources(root, ["app", "components", "lib"]);
const imports = readImports(root, files);
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** Dialogs that bring their own messages, and those. */
const DIALOGS = [
  "app/(console)/operations/_transfer/transfer-dialog.tsx",
  "app/(console)/operations/_destroy/destroy-dialog.tsx",
];
const OWN = Object.keys(dialogMessages);

/** Namespaces that what runs in the browser below these files asks for, with the file that asks. */
function askedBelow(starts: readonly string[], inBrowser: boolean, ends: readonly string[] = []): Map<string, string> {
  const asked = new Map<string, string>();
  const seen = new Set<string>();
  const follow = (file: string, below: boolean) => {
    const key = `${file} ${below}`;
    if (seen.has(key) || ends.includes(file)) return;
    seen.add(key);
    const source = read(file);
    const browser = below || source.startsWith('"use client"');
    if (browser) {
      for (const [, name = ""] of source.matchAll(/useTranslations\("([a-zA-Z]+)/g)) asked.set(name, file);
    }
    for (const { from, to } of imports) if (from === file) follow(to, browser);
  };
  for (const start of starts) follow(start, inBrowser);
  return asked;
}

const givenIn = (file: string) =>
  [...read(file).matchAll(/<Messages\s+namespaces=\{([\s\S]*?)\}\s*>/g)].flatMap(([, list = ""]) =>
    [...list.matchAll(/"([a-zA-Z]+)"/g)].map(([, name = ""]) => name),
  );

const pages = files.filter((file) => /^app\/.*page\.tsx$/.test(file));

test.each(pages)("%s gives what runs in the browser the messages it asks for", (page) => {
  const layout = dirname(page).startsWith("app/(console)") ? commonNamespaces : givenIn("app/(auth)/layout.tsx");
  const given = new Set<string>([...layout, ...givenIn(page)]);
  const missing = [...askedBelow([page], false, DIALOGS)].filter(([name]) => !given.has(name));
  expect(missing).toEqual([]);
});

test("a dialog that brings its messages brings all but those of every signed-in page", () => {
  const given = new Set<string>([...commonNamespaces, ...OWN]);
  const missing = [...askedBelow(DIALOGS, true)].filter(([name]) => !given.has(name));
  expect(missing).toEqual([]);
  expect(DIALOGS.every((file) => files.includes(file))).toBe(true);
});
