import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChainKeys } from "../../lib/audit-chain/index.ts";
import { describeReport } from "../audit/describe-report.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { LaunchError } from "../process/launch-error.ts";
import { type Archive, readArchive } from "./archive.ts";
import { type Restored, restoreDatabase } from "./restore-database.ts";

const PREFIX = "cardesk-check-";

/**
 * Restore a backup into a PostgreSQL that is thrown away afterwards: every row comes back, and the audit's chain is right.
 * Throws {@link LaunchError} otherwise.
 */
export async function checkByRestore(
  path: string,
  { key, archive, keys }: { key: string; archive: Archive; keys: ChainKeys },
): Promise<Restored> {
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // A signal ends the process in the middle: the rows must not stay.
  process.once("exit", remove);
  // As root, PostgreSQL runs as another user, who must get through; its own files are closed.
  chmodSync(folder, 0o711);
  const password = () => randomBytes(24).toString("base64url");
  try {
    const postgres = await startPostgres({
      folder,
      passwords: { superuser: password(), owner: password(), app: password() },
      settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
    });
    try {
      const restored = await restoreDatabase({
        ownerUrl: postgres.ownerUrl,
        archive,
        parts: readArchive(path, key),
        keys,
      });
      if (restored.audit.fault)
        throw new LaunchError(`The backup was restored, but: ${describeReport(restored.audit)}`);
      return restored;
    } finally {
      await postgres.stop();
    }
  } finally {
    remove();
    process.off("exit", remove);
  }
}

/** Of processes that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
