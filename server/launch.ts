/**
 * The one launcher: `node --conditions=react-server server/launch.ts <demo|start|dev> [--json]`. Owns the order of
 * start, the health of what it started, and its end. With --json it prints one line of facts when everything answers,
 * two for each restart (as it begins and when it is done), and nothing else on standard output.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EnvError } from "../lib/core/env.ts";
import { LaunchError } from "./launch-error.ts";
import type { Mode } from "./mode.ts";
import { type Started, startAll } from "./start-all.ts";

const words = process.argv.slice(2);
const json = words.includes("--json");
const mode = words.find((word): word is Mode => word === "demo" || word === "start" || word === "dev");

const ends: (() => Promise<void> | void)[] = [];
const abort = new AbortController();
let stopping: Promise<void> | undefined;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    // The second wish is for an end now: the children follow, each in its own way, when we are gone.
    if (stopping) process.exit(1);
    say("Stopping …");
    void stop(0);
  });
}

try {
  if (!mode) throw new LaunchError("Usage: server/launch.ts demo|start|dev [--json]");
  loadEnvFiles();
  let setupLink: string | undefined;
  let ready = false;
  const started = await startAll({
    mode,
    logToFile: json || mode === "demo",
    say,
    onSetupLink: (link) => {
      if (ready && link !== setupLink) say(`Set-up link: ${link}`);
      setupLink = link;
    },
    onSpawn: (what, pid) => {
      if (json && ready) print({ restarting: what, pid });
    },
    onRestart: (what, pid) => {
      if (json) print({ restarted: what, pid });
      else say(`Restarted: ${what}.`);
    },
    onLost: (error) => {
      complain(error);
      void stop(1);
    },
    signal: abort.signal,
    atStop: (end) => ends.push(end),
  });
  ready = true;
  if (json) print(facts(started, setupLink));
  else greet(started, setupLink);
} catch (error) {
  if (!abort.signal.aborted) {
    complain(error);
    await stop(1);
  }
}

/** End everything, the last started first. While we are still starting, the start gives up at its next step. */
function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    abort.abort();
    for (let end = ends.pop(); end; end = ends.pop()) {
      try {
        await end();
      } catch (error) {
        complain(error);
      }
    }
    process.exit(code);
  })();
  return stopping;
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
    webPid: started.web.pid(),
    postgresPid: started.postgresPid,
    sandboxPid: started.sandbox?.pid(),
    launcherPid: process.pid,
  };
}

function greet(started: Started, setupLink: string | undefined): void {
  const lines = ["", "Cardesk is ready.", "", `  Address    ${started.url}`];
  if (started.sandbox) lines.push(`  User       ${started.user}`, `  Password   ${started.password}`);
  if (setupLink) lines.push(`  Set-up     ${setupLink}  (once, for the first administrator)`);
  lines.push(`  Data       ${started.dataDir}`, "");
  if (started.sandbox) lines.push("  The upstreams are a sandbox: nothing here is real.");
  if (started.logFile) lines.push("  The console's log is console.log in the data folder.");
  lines.push("  Ctrl-C stops everything; the data stays.", "");
  for (const line of lines) say(line);
}

function say(line: string): void {
  (json ? process.stderr : process.stdout).write(`${line}\n`);
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** What the operator can act on is a sentence; anything else is a fault of ours and comes with its stack. */
function complain(error: unknown): void {
  const known = error instanceof LaunchError || error instanceof EnvError;
  console.error(known ? error.message : error);
}

/** The same files Next reads, so that a variable means the same to the launcher and to the console. */
function loadEnvFiles(): void {
  for (const name of ["../.env.local", "../.env"]) {
    const path = fileURLToPath(new URL(name, import.meta.url));
    if (existsSync(path)) process.loadEnvFile(path);
  }
}
