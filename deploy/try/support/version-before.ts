import { runProgram } from "./podman.ts";

/** A version of the project, and the newest migration that it does not have. */
export type VersionBefore = { commit: string; migration: string };

/**
 * The version of the project in `root` before its newest migration, or the one that `from` names. Undefined where its history is not, as in a copy without git or a shallow clone.
 * A merge adds its branch's files to the main line, and may have given the migration its number: so the main line alone is walked, each merge against the version it was merged into.
 */
export async function versionBefore(root: string, from?: string): Promise<VersionBefore | undefined> {
  const git = async (...args: string[]) => (await runProgram("git", ["-C", root, ...args])).out.trim();
  const migrations = (await git("ls-files", "lib/db/migrations/*.sql")).split("\n").sort();
  const migration = migrations.at(-1);
  if (!migration) return undefined;
  if (from) return named(await git("rev-parse", "--verify", `${from}^{commit}`), migration);
  const mainLine = ["--first-parent", "--diff-merges=first-parent", "--no-patch", "--no-renames"];
  const commit = await git("log", "-1", ...mainLine, "--diff-filter=A", "--format=%H", "--", migration);
  const parent = commit && (await git("rev-parse", "--verify", `${commit}^1`));
  return named(parent, migration);
}

const named = (commit: string, migration: string): VersionBefore | undefined =>
  /^[0-9a-f]{40}$/.test(commit) ? { commit, migration } : undefined;
