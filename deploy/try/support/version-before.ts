import { runProgram } from "./podman.ts";

/** A version of the project, and the migration that came right after it. */
export type VersionBefore = { commit: string; migration: string };

/**
 * The version of the project in `root` before its newest migration. Undefined where its history is not, as in a copy without git or a shallow clone.
 * A merge adds its branch's files to the main line, and may have given the migration its number: so the main line alone is walked, each merge against the version it was merged into.
 */
export async function versionBefore(root: string): Promise<VersionBefore | undefined> {
  const git = async (...args: string[]) => (await runProgram("git", ["-C", root, ...args])).out.trim();
  const migrations = (await git("ls-files", "lib/db/migrations/*.sql")).split("\n").sort();
  const migration = migrations.at(-1);
  if (!migration) return undefined;
  const mainLine = ["--first-parent", "--diff-merges=first-parent", "--no-patch", "--no-renames"];
  const commit = await git("log", "-1", ...mainLine, "--diff-filter=A", "--format=%H", "--", migration);
  const parent = commit && (await git("rev-parse", "--verify", `${commit}^1`));
  return /^[0-9a-f]{40}$/.test(parent) ? { commit: parent, migration } : undefined;
}
