import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { identityOf } from "../../../server/process/process-identity.ts";
import { waitUntil } from "../../../server/process/wait-until.ts";
import { endProgram, isRunning, type RunAs, startProgram } from "./processes.ts";

/** What is killed with `kill -9`: PostgreSQL alone, Patroni alone (its PostgreSQL goes on), or both, as when a machine goes. */
export const KILLS = ["postgres", "patroni", "both"] as const;
export type NodeKill = (typeof KILLS)[number];

export type NodeOptions = {
  name: string;
  folder: string;
  configFile: string;
  ports: { postgres: number; rest: number };
  etcd: string;
  passwords: { superuser: string; replication: string };
  as: RunAs;
};

/** One Patroni with its PostgreSQL. */
export class PatroniNode {
  readonly name: string;
  readonly ports: NodeOptions["ports"];
  readonly #options: NodeOptions;
  #patroni: ChildProcess | undefined;

  constructor(options: NodeOptions) {
    this.name = options.name;
    this.ports = options.ports;
    this.#options = options;
  }

  start(): void {
    if (isRunning(this.#patroni)) return;
    const { name, folder, configFile, ports, etcd, passwords, as } = this.#options;
    this.#patroni = startProgram("patroni", [configFile], {
      log: join(folder, `${name}.log`),
      cwd: folder,
      as,
      env: {
        PATRONI_NAME: name,
        PATRONI_ETCD3_HOSTS: etcd,
        PATRONI_RESTAPI_LISTEN: `127.0.0.1:${ports.rest}`,
        PATRONI_RESTAPI_CONNECT_ADDRESS: `127.0.0.1:${ports.rest}`,
        PATRONI_POSTGRESQL_LISTEN: `127.0.0.1:${ports.postgres}`,
        PATRONI_POSTGRESQL_CONNECT_ADDRESS: `127.0.0.1:${ports.postgres}`,
        PATRONI_POSTGRESQL_DATA_DIR: this.#dataDir,
        PATRONI_POSTGRESQL_PGPASS: join(folder, `${name}.pgpass`),
        PATRONI_SUPERUSER_PASSWORD: passwords.superuser,
        PATRONI_REPLICATION_PASSWORD: passwords.replication,
        PATRONI_REWIND_PASSWORD: passwords.replication,
      },
    });
  }

  /** `kill -9`. */
  kill(what: NodeKill): void {
    if (what !== "postgres" && isRunning(this.#patroni)) this.#patroni.kill("SIGKILL");
    const pid = this.postgresPid();
    if (what !== "patroni" && pid) process.kill(pid, "SIGKILL");
  }

  /** Whether its Patroni answers a health check (`primary`, `replica`, `synchronous` …) with yes. */
  async is(role: string): Promise<boolean> {
    try {
      const answer = await fetch(`http://127.0.0.1:${this.ports.rest}/${role}`, { signal: AbortSignal.timeout(3_000) });
      return answer.ok;
    } catch {
      return false;
    }
  }

  /** Patroni ends its PostgreSQL with itself; one that a killed Patroni has left is ended here. */
  async stop(): Promise<void> {
    await endProgram(this.#patroni, 30_000);
    const pid = this.postgresPid();
    if (!pid) return;
    process.kill(pid, "SIGINT");
    if (!(await waitUntil(() => !this.postgresPid(), 10_000))) process.kill(pid, "SIGKILL");
  }

  /** Of the server's first process, from its own data folder; undefined while none runs. */
  postgresPid(): number | undefined {
    try {
      const pid = Number.parseInt(readFileSync(join(this.#dataDir, "postmaster.pid"), "utf8"), 10);
      return pid > 1 && identityOf(pid) ? pid : undefined;
    } catch {
      return undefined;
    }
  }

  get #dataDir(): string {
    return join(this.#options.folder, this.name);
  }
}
