import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { versionBefore } from "./version-before.ts";

const MIGRATIONS = "lib/db/migrations";
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cardesk-history-"));
  git("init", "--quiet", "--initial-branch=main");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function git(...args: string[]): string {
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  return execFileSync("git", ["-C", root, ...who, ...args], { encoding: "utf8", env }).trim();
}

function commit(...files: string[]): string {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), file);
  }
  git("add", "--all");
  git("commit", "--quiet", "--message=more");
  return git("rev-parse", "HEAD");
}

test("the version before the commit that added the newest migration", async () => {
  commit(`${MIGRATIONS}/0000_first.sql`);
  const before = commit("README.md");
  commit(`${MIGRATIONS}/0001_second.sql`);
  commit("later.md");
  expect(await versionBefore(root)).toEqual({ commit: before, lacks: [`${MIGRATIONS}/0001_second.sql`] });
});

test("a migration that got its number in the merge of its branch", async () => {
  commit(`${MIGRATIONS}/0000_first.sql`);
  git("switch", "--quiet", "--create=branch");
  commit(`${MIGRATIONS}/0001_branch.sql`);
  git("switch", "--quiet", "main");
  const before = commit(`${MIGRATIONS}/0001_main.sql`);
  git("merge", "--quiet", "--no-commit", "branch");
  git("mv", `${MIGRATIONS}/0001_branch.sql`, `${MIGRATIONS}/0002_branch.sql`);
  git("commit", "--quiet", "--message=merge");
  expect(await versionBefore(root)).toEqual({ commit: before, lacks: [`${MIGRATIONS}/0002_branch.sql`] });
});

test("the version that is named", async () => {
  const first = commit(`${MIGRATIONS}/0000_first.sql`);
  commit(`${MIGRATIONS}/0001_second.sql`);
  expect(await versionBefore(root, "HEAD~1")).toEqual({ commit: first, lacks: [`${MIGRATIONS}/0001_second.sql`] });
  expect(await versionBefore(root, "nothing")).toBeUndefined();
});

test("no version where the history is not", async () => {
  rmSync(join(root, ".git"), { recursive: true });
  expect(await versionBefore(root)).toBeUndefined();
});
