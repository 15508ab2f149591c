import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChainKeys } from "../../lib/audit-chain/index.ts";
import { describeReport } from "../audit/describe-report.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { LaunchError } from "../process/launch-error.ts";
import { type Archive, readArchive } from "./archive.ts";
import { type Restored, restoreDatabase } from "./restore-database.ts";

/**
 * Restore a backup into a PostgreSQL that is thrown away afterwards: every row comes back, and the audit's chain is right.
 * Throws {@link LaunchError} otherwise.
 */
export async function checkByRestore(
  path: string,
  { key, archive, keys }: { key: string; archive: Archive; keys: ChainKeys },
): Promise<Restored> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-check-"));
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
    rmSync(folder, { recursive: true, force: true });
  }
}
