import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freezeProcesses } from "./freeze-processes.ts";

/** Starts one child, says its id, and lives until it is killed. */
const PARENT = `
  const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  process.stdout.write(String(child.pid));
  process.on("SIGTERM", () => { child.kill("SIGKILL"); process.exit(0); });
  setInterval(() => {}, 1000);
`;

let parent: ChildProcess;
let child: number;

beforeEach(async () => {
  parent = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "inherit"] });
  const [said] = parent.stdout ? await once(parent.stdout, "data") : [];
  child = Number(String(said));
});
afterEach(async () => {
  const ended = once(parent, "exit");
  parent.kill("SIGTERM");
  await ended;
});

const isStopped = (pid: number | undefined) =>
  execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).startsWith("T");

test("stops a process and its children until it is thawed, and nothing else", async () => {
  const others = process.listenerCount("exit");
  const thaw = freezeProcesses(parent.pid ?? 0);
  try {
    await expect.poll(() => [parent.pid, child].map(isStopped)).toEqual([true, true]);
    expect(isStopped(process.pid)).toBe(false);
    expect(process.listenerCount("exit")).toBe(others + 1);
  } finally {
    thaw();
  }
  await expect.poll(() => [parent.pid, child].map(isStopped)).toEqual([false, false]);
  thaw();
  expect(process.listenerCount("exit")).toBe(others);
});
