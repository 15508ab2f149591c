import { runProgram } from "./podman.ts";

const MIGRATIONS = "lib/db/migrations";

/** A version of the project, and the migrations that it does not have, by their paths. */
export type VersionBefore = { commit: string; lacks: string[] };

/**
 * The version of the project in `root` before its newest migration, or the one that `from` names. Undefined where its history is not, as in a copy without git or a shallow clone.
 * A merge adds its branch's files to the main line, and may have given the migration its number: so the main line alone is walked, each merge against the version it was merged into.
 */
export async function versionBefore(root: string, from?: string): Promise<VersionBefore | undefined> {
  const git = async (...args: string[]) => (await runProgram("git", ["-C", root, ...args])).out.trim();
  const listed = (text: string) => text.split("\n").filter((path) => path.endsWith(".sql"));
  const migrations = listed(await git("ls-files", MIGRATIONS)).sort();
  const named = async (commit: string): Promise<VersionBefore | undefined> => {
    if (!/^[0-9a-f]{40}$/.test(commit)) return undefined;
    const has = new Set(listed(await git("ls-tree", "--name-only", commit, `${MIGRATIONS}/`)));
    return { commit, lacks: migrations.filter((path) => !has.has(path)) };
  };
  if (from) return named(await git("rev-parse", "--verify", `${from}^{commit}`));
  const newest = migrations.at(-1);
  if (!newest) return undefined;
  const mainLine = ["--first-parent", "--diff-merges=first-parent", "--no-patch", "--no-renames"];
  const commit = await git("log", "-1", ...mainLine, "--diff-filter=A", "--format=%H", "--", newest);
  const parent = commit && (await git("rev-parse", "--verify", `${commit}^1`));
  return named(parent);
}
