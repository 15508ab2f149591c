import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identityOf, isSameProcess, parentOf } from "../process/process-identity.ts";

const project = new URL("../../", import.meta.url);
const light = fileURLToPath(new URL("test/support/light-launcher.ts", project));
const scripts = (JSON.parse(readFileSync(new URL("package.json", project), "utf8")) as Manifest).scripts;

type Manifest = { scripts: Record<string, string> };
type Running = { starter: ChildProcess; launcher: number; child: string; said: string[]; gone: Promise<unknown> };

let folder: string;
let server: Server;
const leftovers: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-launcher-"));
  server = createServer();
  server.listen(join(folder, "report.sock"));
  await once(server, "listening");
});
afterEach(() => {
  for (const identity of leftovers.splice(0)) {
    if (isSameProcess(identity)) process.kill(Number.parseInt(identity, 10), "SIGKILL");
  }
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Start a command that starts the light launcher, and wait until that is ready. */
async function start(program: string, argv: string[], cwd = folder): Promise<Running> {
  const connected = once(server, "connection") as Promise<[Socket]>;
  const starter = spawn(program, argv, { cwd, env: environment(), stdio: ["pipe", "pipe", "inherit"] });
  note(starter.pid);
  starter.stdout.resume();
  const [socket] = await connected;
  const gone = once(socket, "close");
  const lines: Interface = createInterface({ input: socket });
  const [first] = (await once(lines, "line")) as [string];
  const { launcher, child } = JSON.parse(first) as { launcher: number; child: number };
  note(launcher);
  const said: string[] = [];
  lines.on("line", (line) => said.push(line));
  return { starter, launcher, child: note(child), said, gone };
}

/** Our environment without what npm adds: these tests may themselves run under npm. */
function environment(): NodeJS.ProcessEnv {
  const env = { ...process.env, REPORT_TO: join(folder, "report.sock"), NO_UPDATE_NOTIFIER: "1" };
  for (const name of Object.keys(env)) if (name.startsWith("npm_")) delete env[name as keyof typeof env];
  return env;
}

/** The identity of a process, which is ended after the test at the latest. */
function note(pid: number | undefined): string {
  const identity = identityOf(pid ?? 0) ?? "";
  leftovers.push(identity);
  return identity;
}

/** The launcher is gone and ended everything in order before. */
async function expectOrderedStop({ gone, said, child }: Running): Promise<void> {
  await gone;
  expect(said).toEqual(["stopped the child", "stopped the first"]);
  expect(isSameProcess(child)).toBe(false);
}

test.each([
  ["start", "SIGTERM"],
  ["start", "SIGKILL"],
  ["demo", "SIGTERM"],
  ["demo", "SIGKILL"],
] as const)("npm run %s that gets %s takes the launcher along", async (name, signal) => {
  const script = scripts[name]?.replace("server/launcher/launch.ts", light);
  expect(script).toContain(`${light} ${name}`);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: { [name]: script } }));
  const running = await start("npm", ["run", name]);
  running.starter.kill(signal);
  await expectOrderedStop(running);
});

test("a shell that gets SIGTERM takes the launcher along, though it does not pass the signal on", async () => {
  const running = await start("sh", ["-c", `"${process.execPath}" "${light}"; exit $?`]);
  expect(parentOf(running.launcher)).toBe(running.starter.pid);
  running.starter.kill("SIGTERM");
  await expectOrderedStop(running);
});

test.each(["SIGTERM", "SIGKILL"] as const)("a program that gets %s takes the launcher along", async (signal) => {
  const code = `require("node:child_process").spawn(process.execPath, [${JSON.stringify(light)}], { stdio: "inherit" })`;
  const running = await start(process.execPath, ["-e", code]);
  running.starter.kill(signal);
  await expectOrderedStop(running);
});

test("a closed terminal stops the launcher in order", async () => {
  const command = `sh -c '"${process.execPath}" "${light}"; exit $?'`;
  const argv = process.platform === "linux" ? ["-qec", command, "/dev/null"] : ["-q", "/dev/null", "sh", "-c", command];
  const running = await start("script", argv);
  running.starter.kill("SIGKILL");
  await expectOrderedStop(running);
});

test("a signal that comes twice at once, from the terminal and from npm, is one request", async () => {
  const running = await start(process.execPath, [light]);
  running.starter.kill("SIGINT");
  running.starter.kill("SIGTERM");
  await expectOrderedStop(running);
});

test("a second Ctrl-C ends a launcher that is stuck, and its child follows", async () => {
  const running = await start(process.execPath, [light, "stuck"]);
  const { starter, said, child } = running;
  starter.kill("SIGINT");
  await expect.poll(() => said).toContain("stuck");
  await expect.poll(() => !starter.kill("SIGINT") || starter.exitCode !== null).toBe(true);
  await running.gone;
  expect(starter.exitCode).toBe(1);
  expect(said).toEqual(["stuck"]);
  await expect.poll(() => isSameProcess(child)).toBe(false);
});
