import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../server/postgres/migrate.ts";
import { startPostgres } from "../../server/postgres/start-postgres.ts";

export type KillablePostgres = {
  readonly url: string;
  /** Send a signal to the server process itself, as `kill -9` does. A killed server is started again. */
  signal: (name: NodeJS.Signals) => void;
  stop: () => Promise<void>;
};

/** A migrated PostgreSQL of one test file's own, for what the shared cluster must not suffer. */
export async function startKillablePostgres(): Promise<KillablePostgres> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-killable-"));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ folder, settings: { fsync: "off", synchronous_commit: "off" } });
  await migrate(postgres.url);
  return {
    url: postgres.url,
    signal: (name) => {
      const pid = postgres.pid();
      if (pid === undefined) throw new Error("PostgreSQL is not running");
      process.kill(pid, name);
    },
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
