import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { identityOf, isSameProcess } from "../../server/process/process-identity.ts";
import { waitUntil } from "../../server/process/wait-until.ts";
import { freezeProcesses } from "./freeze-processes.ts";
import { UncaughtErrorLog } from "./uncaught-error-log.ts";

/** What `kill` can end. */
export type KillTarget = "web" | "launcher" | "postgres";

/** A line of the launcher's `--json` output. */
type LauncherEvent = {
  ready?: true;
  url?: string;
  databaseUrl?: string;
  webPid?: number;
  postgresPid?: number;
  restarting?: string;
  restarted?: string;
  pid?: number;
};

/** A start may wait for the children of a killed launcher to end (ten seconds) and for the database to recover. */
const START_TIMEOUT_MS = 120_000;

/** Where the launcher and the console's process write, in the data folder. */
const LOGS = ["launcher.log", "console.log"];

/** One launcher with its children, restarted whenever it ends without being asked to. */
export class Console {
  readonly name: string;
  readonly dataDir: string;
  url = "";
  databaseUrl = "";
  readonly #env: NodeJS.ProcessEnv;
  #launcher: ChildProcess | undefined;
  #web: number | undefined;
  #postgres: number | undefined;
  #thaw: (() => void) | undefined;
  #up = false;
  #stopping = false;
  #held = false;
  #failedStarts = 0;
  /** Identities of all processes ever started here, so that none is left behind at the end. */
  readonly #identities = new Set<string>();

  readonly #logs: readonly UncaughtErrorLog[];

  constructor(name: string, dataDir: string, env: NodeJS.ProcessEnv) {
    this.name = name;
    this.dataDir = dataDir;
    this.#env = env;
    this.#logs = LOGS.map((log) => new UncaughtErrorLog(join(dataDir, log)));
  }

  /** Whether it answers requests, as far as its launcher knows. */
  get isUp(): boolean {
    return this.#up;
  }

  /** Processes that run right now; undefined for one that does not, or that is not ours. */
  get pids(): { web: number | undefined; postgres: number | undefined } {
    return { web: this.#web, postgres: this.#postgres };
  }

  /** Several starts in a row have failed. */
  get hasGivenUp(): boolean {
    return this.#failedStarts >= 5;
  }

  /** The console's process, while one is running: another number is another process. */
  get webPid(): number | undefined {
    return this.#web;
  }

  async start(): Promise<void> {
    this.#stopping = false;
    this.#failedStarts = 0;
    this.#spawn();
    const ready = await waitUntil(() => this.#up || this.hasGivenUp, START_TIMEOUT_MS);
    if (!ready || !this.#up) throw new Error(`console ${this.name} does not start: ${this.logTail()}`);
  }

  /** `kill -9`. False if that process is not running right now. */
  kill(target: KillTarget): boolean {
    const pid = target === "web" ? this.#web : target === "postgres" ? this.#postgres : this.#launcher?.pid;
    if (!pid || !identityOf(pid)) return false;
    if (target === "web") this.#web = undefined;
    if (target === "postgres") this.#postgres = undefined;
    else this.#up = false;
    process.kill(pid, "SIGKILL");
    return true;
  }

  /** Whether `freezePostgres` holds its PostgreSQL right now. */
  get isPostgresFrozen(): boolean {
    return this.#thaw !== undefined;
  }

  /** SIGSTOP its PostgreSQL with all children. False if it does not run, or a launcher is being restarted. */
  freezePostgres(): boolean {
    if (this.#thaw || !this.#up || !this.#postgres || !identityOf(this.#postgres)) return false;
    this.#thaw = freezeProcesses(this.#postgres);
    return true;
  }

  /** SIGCONT what `freezePostgres` has stopped. */
  thawPostgres(): void {
    this.#thaw?.();
    this.#thaw = undefined;
  }

  /** From now on a launcher that ends is not started again: while the disk is full it could only end again. */
  holdStarts(): void {
    this.#held = true;
  }

  /** Start again what ended since `holdStarts`, as somebody who has freed some space does. */
  releaseStarts(): void {
    this.#held = false;
  }

  /** Ask it to exit, as a service manager would. True if it exited in time. */
  async stop(): Promise<boolean> {
    this.#stopping = true;
    this.#held = false;
    this.thawPostgres();
    const launcher = this.#launcher;
    if (!launcher?.pid || launcher.exitCode !== null || launcher.signalCode !== null) return true;
    launcher.kill("SIGTERM");
    const ended = await waitUntil(() => launcher.exitCode !== null || launcher.signalCode !== null, 60_000);
    if (!ended) launcher.kill("SIGKILL");
    return ended;
  }

  /** Kill what is still running of all that was ever started here; returns how many. */
  async killLeftovers(): Promise<number> {
    const running = () => [...this.#identities].filter(isSameProcess);
    await waitUntil(() => running().length === 0, 45_000);
    const leftovers = running();
    for (const identity of leftovers) process.kill(Number.parseInt(identity, 10), "SIGKILL");
    return leftovers.length;
  }

  /** The last lines of the launcher's and of the console's log. */
  logTail(): string {
    return LOGS.map((log) => tail(join(this.dataDir, log)))
      .filter(Boolean)
      .join("\n");
  }

  /** What its logs held of all processes so far, by "console/log". */
  processLogs(): { name: string; lines: number; uncaught: readonly string[] }[] {
    return this.#logs.map((log, i) => {
      log.read();
      return { name: `${this.name}/${LOGS[i]}`, lines: log.lines, uncaught: log.errors };
    });
  }

  #spawn(): void {
    const exitWithParent = fileURLToPath(new URL("../../server/process/exit-with-parent.ts", import.meta.url));
    const launch = fileURLToPath(new URL("../../server/launcher/launch.ts", import.meta.url));
    const log = openSync(join(this.dataDir, "launcher.log"), "a", 0o600);
    const argv = ["--conditions=react-server", "--import", exitWithParent, launch, "start", "--json"];
    const launcher = spawn(process.execPath, argv, { env: this.#env, stdio: ["ignore", "pipe", log, "ipc"] });
    closeSync(log);
    this.#launcher = launcher;
    this.#remember(launcher.pid);
    if (launcher.stdout)
      createInterface({ input: launcher.stdout }).on("line", (line) =>
        this.#onEvent(JSON.parse(line) as LauncherEvent),
      );
    launcher.once("exit", () => void this.#onExit());
  }

  /** A launcher that ends without being asked to is restarted, as a service manager would do. */
  async #onExit(): Promise<void> {
    // A start truncates a log that has grown too long: read it first.
    for (const log of this.#logs) log.read();
    if (!this.#up && !this.#held) this.#failedStarts += 1;
    this.#up = false;
    this.#web = undefined;
    this.#postgres = undefined;
    if (this.#stopping || this.hasGivenUp) return;
    await sleep(200 * this.#failedStarts);
    await waitUntil(() => !this.#held, Number.POSITIVE_INFINITY, 50);
    if (!this.#stopping) this.#spawn();
  }

  #onEvent(event: LauncherEvent): void {
    if (event.ready) {
      this.url = (event.url ?? "").replace("localhost", "127.0.0.1");
      this.databaseUrl = event.databaseUrl ?? "";
      this.#web = event.webPid;
      this.#postgres = event.postgresPid;
      this.#failedStarts = 0;
      this.#up = true;
    }
    if (event.restarting === "web") this.#web = event.pid;
    if (event.restarted === "web") {
      this.#web = event.pid;
      this.#up = true;
    }
    if (event.restarted === "postgres") this.#postgres = event.pid;
    this.#remember(this.#web);
    this.#remember(this.#postgres);
  }

  #remember(pid: number | undefined): void {
    const identity = pid && identityOf(pid);
    if (identity) this.#identities.add(identity);
  }
}

function tail(path: string): string {
  try {
    return readFileSync(path, "utf8").trim().split("\n").slice(-6).join("\n");
  } catch {
    return "";
  }
}
