import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

/** A path that a document or a comment names and that is not there. */
export type DeadLink = { file: string; line: number; path: string };

const TOP = "app|bench|chaos|components|deploy|docs|e2e|lib|messages|sandbox|scripts|server|test";
/** `lib/keys/vault`, `lib/upstream/<name>/client.ts`: a path of the project in a code span. */
const CODE_PATH = new RegExp(`^(?:${TOP})/[\\w@()[\\]<>*{},./-]*$`);
/** A file named in a comment, with its ending. */
const COMMENT_PATH = new RegExp(`(?<![\\w./@-])(?:${TOP})/[\\w@()[\\]*./-]+\\.(?:tsx?|mjs|json|sql|md|css)\\b`, "g");

/** Links and code spans of a Markdown text that name a path which does not exist under `root`. */
export function deadLinksInMarkdown(root: string, file: string, text: string): DeadLink[] {
  const dead: DeadLink[] = [];
  let fenced = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trimStart().startsWith("```")) fenced = !fenced;
    if (fenced) continue;
    const links = [...line.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target.split("#")[0] ?? "");
    const relative = links.filter((target) => target !== "" && !/^[a-z]+:/.test(target));
    const spans = [...line.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span).filter((span) => CODE_PATH.test(span));
    for (const path of relative.map((target) => posix.join(dirname(file), target)).concat(spans)) {
      if (!exists(root, path)) dead.push({ file, line: index + 1, path });
    }
  }
  return dead;
}

/** Files that comments of a source text name and that do not exist under `root`. */
export function deadLinksInComments(root: string, file: string, text: string): DeadLink[] {
  const dead: DeadLink[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const comment = line.match(/^\s*(?:\/\*\*?|\*|\/\/|--)(.*)$|\s(?:\/\/)\s(.*)$/);
    for (const [path] of (comment?.[1] ?? comment?.[2] ?? "").matchAll(COMMENT_PATH)) {
      if (!exists(root, path)) dead.push({ file, line: index + 1, path });
    }
  }
  return dead;
}

/** Every dead link of the project's documents and comments. */
export function findDeadLinks(root: string): DeadLink[] {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const find = (patterns: string[]) =>
    globSync(patterns, { cwd: root, exclude: ["node_modules/**", "**/.next/**"] }).map((path) =>
      path.replaceAll("\\", "/"),
    );
  const documents = find(["*.md", "docs/**/*.md", `{${TOP.replaceAll("|", ",")}}/**/README.md`]);
  const sources = find([`{${TOP.replaceAll("|", ",")}}/**/*.{ts,tsx,mjs}`]).filter(
    (path) => !/\.(test|spec)\.tsx?$/.test(path),
  );
  return [
    ...documents.flatMap((file) => deadLinksInMarkdown(root, file, read(file))),
    ...sources.flatMap((file) => deadLinksInComments(root, file, read(file))),
  ];
}

/** `<name>` and `{a,b}` stand for several; a path with `*` needs one match. */
function exists(root: string, path: string): boolean {
  const pattern = path.replaceAll(/<[^>]+>/g, "*").replace(/\/$/, "");
  if (!/[*{]/.test(pattern)) return existsSync(join(root, pattern));
  return globSync(pattern.replaceAll(/[()[\]]/g, "\\$&"), { cwd: root }).length > 0;
}
