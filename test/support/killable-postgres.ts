import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { grantToApp } from "../../server/postgres/grant-to-app.ts";
import { migrate } from "../../server/postgres/migrate.ts";
import { startPostgres } from "../../server/postgres/start-postgres.ts";
import { testPasswords } from "../database.ts";

export type KillablePostgres = {
  readonly url: string;
  /** As the role that owns the tables. */
  readonly ownerUrl: string;
  /** As PostgreSQL's superuser. */
  readonly adminUrl: string;
  /** Kill it and let it start again as a standby, as a primary that was demoted; needs `REPLICATED`. `pg_promote()` ends it. */
  demote: () => void;
  /** Send a signal to the server process itself, as `kill -9` does. A killed server is started again. */
  signal: (name: NodeJS.Signals) => void;
  /** The same to the server and to every process of its connections: SIGSTOP to all freezes it. */
  signalAll: (name: NodeJS.Signals) => void;
  stop: () => Promise<void>;
};

/** Settings of a server that may have standbys, or be one. */
export const REPLICATED = { wal_level: "replica", max_wal_senders: "4" };

/** A migrated PostgreSQL of one test file's own, for what the shared cluster must not suffer. */
export async function startKillablePostgres(settings: Record<string, string> = {}): Promise<KillablePostgres> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-killable-"));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({
    folder,
    passwords: testPasswords,
    settings: { fsync: "off", synchronous_commit: "off", ...settings },
  });
  await migrate(postgres.ownerUrl);
  await grantToApp(postgres.ownerUrl, postgres.url);
  const serverPid = (): number => {
    const pid = postgres.pid();
    if (pid === undefined) throw new Error("PostgreSQL is not running");
    return pid;
  };
  const signalAll = (name: NodeJS.Signals) => {
    const pid = serverPid();
    for (const each of [pid, ...childrenOf(pid)]) signalUnlessGone(each, name);
  };
  return {
    url: postgres.url,
    ownerUrl: postgres.ownerUrl,
    adminUrl: postgres.adminUrl,
    demote: () => {
      const path = join(folder, "pg", "standby.signal");
      writeFileSync(path, "");
      const { uid, gid } = statSync(join(folder, "pg"));
      chownSync(path, uid, gid);
      process.kill(serverPid(), "SIGKILL");
    },
    signal: (name) => process.kill(serverPid(), name),
    signalAll,
    stop: async () => {
      signalAll("SIGCONT");
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server's own children only, by their parent's id. */
function childrenOf(pid: number): number[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = listed
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([child, parent]) => (child !== undefined && parent === pid ? [child] : []));
}

function signalUnlessGone(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
