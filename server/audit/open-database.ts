import { join } from "node:path";
import { type DataLock, lockDataFolder } from "../launcher/data-lock.ts";
import { appRole, type PostgresPasswords } from "../postgres/postgres-access.ts";
import { postgresUser } from "../postgres/postgres-user.ts";
import { socketFolder } from "../postgres/socket-folder.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { LaunchError } from "../process/launch-error.ts";

export type OpenDatabase = { url: string; close(): Promise<void> };

/**
 * The database of a data folder: the one elsewhere that DATABASE_URL names, our own one while Cardesk runs on it, or,
 * while Cardesk is stopped, our own one started for as long as it is open. Throws {@link LaunchError}.
 */
export async function openDatabase(
  folder: string,
  { external, passwords }: { external: string | undefined; passwords: () => PostgresPasswords },
): Promise<OpenDatabase> {
  if (external) return { url: external, close: async () => undefined };
  // First, so that a folder that is not Cardesk's gets no lock either.
  const roles = passwords();
  const lock = tryLock(folder);
  if (!lock) return { url: runningUrl(folder, roles), close: async () => undefined };
  try {
    const postgres = await startPostgres({ folder, passwords: roles });
    const close = async () => {
      await postgres.stop();
      lock.release();
    };
    return { url: postgres.url, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Null while a launcher has the folder. */
function tryLock(folder: string): DataLock | null {
  try {
    return lockDataFolder(folder);
  } catch (error) {
    if (error instanceof LaunchError) return null;
    throw error;
  }
}

function runningUrl(folder: string, { app }: PostgresPasswords): string {
  const sockets = socketFolder(folder, postgresUser(join(folder, "pg")));
  return `postgresql://${appRole}:${app}@localhost/cardesk?host=${encodeURIComponent(sockets)}`;
}
