/**
 * The one launcher: `node --conditions=react-server server/launcher/launch.ts <demo|start|dev> [--json]`. It owns the
 * startup and shutdown order and the health of what it started. With --json it prints one line of facts when everything
 * answers, two for each restart (as it begins and when it is done), and nothing else on standard output.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { LaunchError } from "../process/launch-error.ts";
import { printError } from "../process/print-error.ts";
import type { Mode } from "./mode.ts";
import { type Launch, runLauncher } from "./run-launcher.ts";
import type { Started } from "./start-all.ts";

const argv = process.argv.slice(2);
const json = argv.includes("--json");

await runLauncher(launch, log);

async function launch({ signal, atStop, stop }: Launch): Promise<void> {
  const mode = argv.find((word): word is Mode => word === "demo" || word === "start" || word === "dev");
  if (!mode) throw new LaunchError("Usage: server/launcher/launch.ts demo|start|dev [--json]");
  loadEnvFiles();
  // Loaded only now, so that signals and a lost parent are heeded from the first moment.
  const { startAll } = await import("./start-all.ts");
  let setupLink: string | undefined;
  let ready = false;
  const started = await startAll({
    mode,
    logToFile: json || mode === "demo",
    log,
    onSetupLink: (link) => {
      if (ready && link !== setupLink) log(`Set-up link: ${link}`);
      setupLink = link;
    },
    onSpawn: (what, pid) => {
      if (json && ready) print({ restarting: what, pid });
    },
    onRestart: (what, pid) => {
      if (json) print({ restarted: what, pid });
      else log(`Restarted: ${what}.`);
    },
    onLost: (error) => {
      printError(error);
      void stop(1);
    },
    signal,
    atStop,
  });
  ready = true;
  if (json) print(facts(started, setupLink));
  else printBanner(started, setupLink);
}

function facts(started: Started, setupLink: string | undefined): object {
  return {
    ready: true,
    url: started.url,
    user: started.user,
    password: started.password,
    setupLink,
    dataDir: started.dataDir,
    logFile: started.logFile,
    sandboxUrl: started.sandbox?.url,
    sandboxToken: started.sandbox?.token,
    databaseUrl: started.databaseUrl,
    databaseOwnerUrl: started.databaseOwnerUrl,
    webPid: started.web.pid(),
    postgresPid: started.postgresPid,
    sandboxPid: started.sandbox?.pid(),
    launcherPid: process.pid,
  };
}

function printBanner(started: Started, setupLink: string | undefined): void {
  const lines = ["", "Cardesk is ready.", "", `  Address    ${started.url}`];
  if (started.sandbox) lines.push(`  User       ${started.user}`, `  Password   ${started.password}`);
  if (setupLink) lines.push(`  Set-up     ${setupLink}  (once, for the first administrator)`);
  lines.push(`  Data       ${started.dataDir}`, "");
  if (started.sandbox) lines.push("  The upstreams are a sandbox: nothing here is real.");
  if (started.logFile) lines.push("  The console's log is console.log in the data folder.");
  lines.push("  Ctrl-C stops everything; the data stays.", "");
  for (const line of lines) log(line);
}

function log(line: string): void {
  (json ? process.stderr : process.stdout).write(`${line}\n`);
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** The same files Next reads, so that a variable means the same to the launcher and to the console. */
function loadEnvFiles(): void {
  for (const name of ["../../.env.local", "../../.env"]) {
    const path = fileURLToPath(new URL(name, import.meta.url));
    if (existsSync(path)) process.loadEnvFile(path);
  }
}
