import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { identityOf, isSameProcess } from "../../server/process-identity.ts";
import { waitUntil } from "../../server/wait-until.ts";

export type Victim = "web" | "launcher" | "postgres";

type Event = {
  ready?: true;
  url?: string;
  databaseUrl?: string;
  webPid?: number;
  postgresPid?: number;
  restarting?: string;
  restarted?: string;
  pid?: number;
};

/** How long a start may take: a killed launcher's children get ten seconds to end, and a database recovers. */
const START_MS = 120_000;

/** One installation's launcher with its children, kept running whatever we kill of it. */
export class Console {
  readonly name: string;
  readonly dataDir: string;
  url = "";
  databaseUrl = "";
  readonly #env: NodeJS.ProcessEnv;
  #launcher: ChildProcess | undefined;
  #web: number | undefined;
  #postgres: number | undefined;
  #up = false;
  #stopping = false;
  #failedStarts = 0;
  /** Identities of everybody ever seen here, so that nobody is forgotten at the end. */
  readonly #seen = new Set<string>();

  constructor(name: string, dataDir: string, env: NodeJS.ProcessEnv) {
    this.name = name;
    this.dataDir = dataDir;
    this.#env = env;
  }

  /** Whether it serves, as far as its launcher knows. */
  get isUp(): boolean {
    return this.#up;
  }

  /** It could not be started several times in a row. */
  get isLost(): boolean {
    return this.#failedStarts >= 5;
  }

  async start(): Promise<void> {
    this.#stopping = false;
    this.#failedStarts = 0;
    this.#spawn();
    const ready = await waitUntil(() => this.#up || this.isLost, START_MS);
    if (!ready || !this.#up) throw new Error(`console ${this.name} does not start: ${this.lastWords()}`);
  }

  /** `kill -9`. False if that process is not there just now. */
  kill(victim: Victim): boolean {
    const pid = victim === "web" ? this.#web : victim === "postgres" ? this.#postgres : this.#launcher?.pid;
    if (!pid || !identityOf(pid)) return false;
    if (victim === "web") this.#web = undefined;
    if (victim === "postgres") this.#postgres = undefined;
    else this.#up = false;
    process.kill(pid, "SIGKILL");
    return true;
  }

  /** Ask it to end, as a service manager would. True if it ended by itself in time. */
  async stop(): Promise<boolean> {
    this.#stopping = true;
    const launcher = this.#launcher;
    if (!launcher?.pid || launcher.exitCode !== null || launcher.signalCode !== null) return true;
    launcher.kill("SIGTERM");
    const ended = await waitUntil(() => launcher.exitCode !== null || launcher.signalCode !== null, 60_000);
    if (!ended) launcher.kill("SIGKILL");
    return ended;
  }

  /** End whoever is left of all that ever ran here; their count. */
  async clear(): Promise<number> {
    const left = () => [...this.#seen].filter(isSameProcess);
    await waitUntil(() => left().length === 0, 45_000);
    const remaining = left();
    for (const identity of remaining) process.kill(Number.parseInt(identity, 10), "SIGKILL");
    return remaining.length;
  }

  /** The end of the launcher's and of the console's log. */
  lastWords(): string {
    return ["launcher.log", "console.log"]
      .map((name) => tail(join(this.dataDir, name)))
      .filter(Boolean)
      .join("\n");
  }

  #spawn(): void {
    const follow = fileURLToPath(new URL("../../server/follow-parent.ts", import.meta.url));
    const launch = fileURLToPath(new URL("../../server/launch.ts", import.meta.url));
    const log = openSync(join(this.dataDir, "launcher.log"), "a", 0o600);
    const words = ["--conditions=react-server", "--import", follow, launch, "start", "--json"];
    const launcher = spawn(process.execPath, words, { env: this.#env, stdio: ["ignore", "pipe", log, "ipc"] });
    closeSync(log);
    this.#launcher = launcher;
    this.#note(launcher.pid);
    if (launcher.stdout)
      createInterface({ input: launcher.stdout }).on("line", (line) => this.#hear(JSON.parse(line) as Event));
    launcher.once("exit", () => void this.#ended());
  }

  /** A launcher that is gone unasked is started again at once, like a service manager does. */
  async #ended(): Promise<void> {
    if (!this.#up) this.#failedStarts += 1;
    this.#up = false;
    this.#web = undefined;
    this.#postgres = undefined;
    if (this.#stopping || this.isLost) return;
    await sleep(200 * this.#failedStarts);
    if (!this.#stopping) this.#spawn();
  }

  #hear(event: Event): void {
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
    this.#note(this.#web);
    this.#note(this.#postgres);
  }

  #note(pid: number | undefined): void {
    const identity = pid && identityOf(pid);
    if (identity) this.#seen.add(identity);
  }
}

function tail(path: string): string {
  try {
    return readFileSync(path, "utf8").trim().split("\n").slice(-6).join("\n");
  } catch {
    return "";
  }
}
