import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LaunchError } from "../process/launch-error.ts";
import { identityOf } from "../process/process-identity.ts";
import { lockDataFolder } from "./data-lock.ts";

let folder: string;
const path = () => join(folder, "launcher.lock");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that takes the lock, says so, and lives until it is killed. */
async function holder(): Promise<ChildProcess> {
  const module = fileURLToPath(new URL("data-lock.ts", import.meta.url));
  const code = `import { lockDataFolder } from ${JSON.stringify(module)};
    lockDataFolder(${JSON.stringify(folder)}).recordChildren([process.pid]);
    console.log("held"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout as NodeJS.ReadableStream, "data");
  return child;
}

test("a live launcher keeps its folder, and the refusal names its process", async () => {
  const child = await holder();
  const before = readFileSync(path(), "utf8");
  expect(() => lockDataFolder(folder)).toThrow(LaunchError);
  expect(() => lockDataFolder(folder)).toThrow(`process ${child.pid}`);
  expect(readFileSync(path(), "utf8")).toBe(before);
  child.kill("SIGKILL");
  await once(child, "exit");
  lockDataFolder(folder).release();
  expect(existsSync(path())).toBe(false);
});

test("a lock whose number belongs to another process by now is taken over", () => {
  writeFileSync(path(), JSON.stringify({ launcher: `${process.ppid}-1-otherboot`, children: [] }));
  const lock = lockDataFolder(folder);
  expect(JSON.parse(readFileSync(path(), "utf8")).launcher).toBe(identityOf(process.pid));
  lock.release();
});

test("a torn lock file is taken over", () => {
  writeFileSync(path(), '{"launcher":');
  lockDataFolder(folder).release();
  expect(existsSync(path())).toBe(false);
});

test("children of a dead launcher are handed over while they live", () => {
  const alive = identityOf(process.ppid);
  writeFileSync(path(), JSON.stringify({ launcher: "999999-1-otherboot", children: [alive, "999998-1-otherboot"] }));
  const lock = lockDataFolder(folder);
  expect(lock.leftovers).toEqual([alive]);
  lock.release();
});
