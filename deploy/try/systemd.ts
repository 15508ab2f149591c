/**
 * `node deploy/try/systemd.ts [FOLDER]`: deploy/cardesk.service is checked by systemd's own tools, and its command is started, stopped,
 * refused and killed by hand, as systemd would. FOLDER is a built project (default: this one).
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "../../server/launcher/free-port.ts";
import { identityOf, isSameProcess } from "../../server/process/process-identity.ts";
import { waitUntil } from "../../server/process/wait-until.ts";
import { runProgram } from "./support/podman.ts";
import { installPrograms } from "./support/programs.ts";
import { openReport } from "./support/report.ts";

/** systemd's measure, from 0 (shut in) to 10. */
const MOST_EXPOSED = 2;

const project = fileURLToPath(new URL("../..", import.meta.url));
const built = resolve(process.argv[2] ?? project);
const unit = readFileSync(join(project, "deploy/cardesk.service"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "cardesk-systemd-"));
// As root, PostgreSQL runs as another user, who must be able to enter.
chmodSync(folder, 0o755);
const report = openReport("systemd");

try {
  await checkUnit();
  await runCommand();
  if (!existsSync("/run/systemd/system"))
    report.skip("systemctl start, stop, restart and the sandbox of the unit", "systemd does not run this machine");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
report.end();

async function checkUnit(): Promise<void> {
  const missing = installPrograms({ "systemd-analyze": "systemd" });
  if (missing) return report.skip("systemd-analyze", missing);
  const copy = join(folder, "cardesk.service");
  // It looks whether the command is there: this machine's project has it elsewhere.
  writeFileSync(copy, unit.replaceAll("/opt/cardesk/node_modules/.bin/node", process.execPath));
  await report.step("systemd-analyze verify", async () => {
    const { code, out, err } = await runProgram("systemd-analyze", ["verify", "--man=no", copy]);
    const said = `${out}${err}`.trim();
    if (code !== 0 || said) throw new Error(`exit ${code}: ${said}`);
    return "no complaint";
  });
  await report.step(`systemd-analyze security: at most ${MOST_EXPOSED}`, async () => {
    const { out, err } = await runProgram("systemd-analyze", ["security", "--offline=true", "--no-pager", copy]);
    const [, level] = /exposure level for \S+: ([\d.]+)/.exec(out) ?? [];
    if (!level || Number(level) > MOST_EXPOSED) throw new Error(level ?? err);
    return `exposure ${level} of 10`;
  });
}

/** The unit's own command in a project of this machine, with a data folder of the trial's. */
async function start(env: Record<string, string>) {
  const [, command = ""] = /^ExecStart=\S+ (.*)$/m.exec(unit) ?? [];
  const data = join(folder, "data");
  mkdirSync(data, { recursive: true, mode: 0o755 });
  const port = String(await freePort("127.0.0.1", 0));
  const given = { ...process.env, DATA_DIR: data, NODE_COMPILE_CACHE: join(folder, "cache"), PORT: port, ...env };
  const child = spawn(process.execPath, [...command.split(" "), "--json"], {
    cwd: built,
    env: given,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const ended = once(child, "exit") as Promise<[number | null, string | null]>;
  return { child, said, ended };
}

async function startReady() {
  const { child, said, ended } = await start({});
  const line = once(createInterface({ input: child.stdout }), "line") as Promise<[string]>;
  const first = await Promise.race([line, ended]);
  if (typeof first[0] !== "string") throw new Error(said.join("").trim());
  const { webPid, postgresPid } = JSON.parse(first[0]) as { webPid: number; postgresPid: number };
  const children = [webPid, postgresPid].map((pid) => identityOf(pid) ?? "");
  return { child, ended, children };
}

async function runCommand(): Promise<void> {
  const prevented = /^RestartPreventExitStatus=(\d+)$/m.exec(unit)?.[1];
  await report.step("a wrong variable ends with the status the unit does not restart on", async () => {
    const { ended, said } = await start({ UPSTREAM_TIMEOUT_MS: "soon" });
    const [code] = await ended;
    if (String(code) !== prevented) throw new Error(`exit ${code}, the unit says ${prevented}: ${said.join("")}`);
    return `exit ${code}: ${said.join("").trim()}`;
  });
  if (!existsSync(join(built, ".next/cardesk-build-id")))
    return report.skip("start, stop and crash", "this project is not built (npm run build)");
  await report.step("start, and SIGTERM to the launcher alone: exit 0, nothing is left", async () => {
    const { child, ended, children } = await startReady();
    const began = performance.now();
    child.kill("SIGTERM");
    const [code] = await ended;
    const left = children.filter((identity) => isSameProcess(identity));
    if (code !== 0 || left.length > 0) throw new Error(`exit ${code}, left ${left.join(", ")}`);
    return `exit 0 after ${((performance.now() - began) / 1000).toFixed(1)} s`;
  });
  await report.step(
    "the launcher is killed: its children end by themselves, and it starts again on the same data",
    async () => {
      const { child, ended, children } = await startReady();
      child.kill("SIGKILL");
      await ended;
      const gone = await waitUntil(async () => !children.some((identity) => isSameProcess(identity)), 60_000);
      if (!gone) throw new Error("a child goes on");
      const again = await startReady();
      again.child.kill("SIGTERM");
      const [code] = await again.ended;
      if (code !== 0) throw new Error(`exit ${code}`);
      return "console and PostgreSQL ended; started again, exit 0";
    },
  );
}
