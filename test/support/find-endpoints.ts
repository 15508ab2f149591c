import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export type Endpoint = { file: string; load: () => Promise<Record<string, unknown>> };
export type Page = Endpoint & { path: string; source: string };
export type Route = Endpoint & { method: string; path: string };
export type ServerAction = Endpoint & { module: string; name: string };

/** "app/(console)/users/page.tsx" → "/users". */
const pathOf = (file: string): string =>
  `/${file
    .split("/")
    .slice(1, -1)
    .filter((part) => !part.startsWith("("))
    .join("/")}`;

const find = (pattern: string): string[] => globSync(pattern, { cwd: root }).sort();
const sourceOf = (file: string): string => readFileSync(join(root, file), "utf8");
const load = (file: string) => (): Promise<Record<string, unknown>> => import(join(root, file));

/** Every page of the app. */
export const findPages = (): Page[] =>
  find("app/**/page.{ts,tsx,js,jsx,mdx}").map((file) => ({
    file,
    path: pathOf(file),
    source: sourceOf(file),
    load: load(file),
  }));

/** Every method of every route handler; found by loading it, so that no way of exporting hides one. */
export async function findRoutes(): Promise<Route[]> {
  const files = find("app/**/route.{ts,tsx,js,jsx}");
  const found = files.map(async (file) => {
    const exported = Object.keys(await load(file)());
    const methods = METHODS.filter((method) => exported.includes(method));
    return methods.map((method) => ({ file, method, path: pathOf(file), load: load(file) }));
  });
  return (await Promise.all(found)).flat();
}

const DIRECTIVE = /["']use server["']/;

/** Every export of every "use server" file. */
export async function findActions(): Promise<ServerAction[]> {
  const files = find("{app,components,lib}/**/*.{ts,tsx}").filter((file) => isActionFile(sourceOf(file)));
  const found = files.map(async (file) =>
    Object.keys(await load(file)()).map((name) => ({
      file,
      module: file.replace(/\.\w+$/, ""),
      name,
      load: load(file),
    })),
  );
  return (await Promise.all(found)).flat();
}

const isActionFile = (source: string): boolean => DIRECTIVE.test(source.split("\n", 1)[0] ?? "");

/** Files with the directive elsewhere than on line 1: inline actions, which no table could list. */
export const findInlineActions = (): string[] =>
  find("{app,components,lib}/**/*.{ts,tsx}").filter((file) => {
    const lines = sourceOf(file).split("\n").slice(1);
    return lines.some((line) => /^\s*["']use server["'];?\s*$/.test(line));
  });
