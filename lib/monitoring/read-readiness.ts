import "server-only";
import { pingDatabase } from "@/lib/db/ping-database";
import { type StartUpFlags, startUpFlags } from "@/lib/process/process-slots";

type Readiness = StartUpFlags & { ok: boolean };

const LIMIT_MS = 1_000;

/**
 * Whether this process may receive requests: database (queried now, for at most a second), recovery and jobs. Never
 * throws.
 */
export async function readReadiness(ask?: () => Promise<unknown>): Promise<Readiness> {
  const flags = startUpFlags.value ?? { database: false, recovery: false, jobs: false };
  const answers = flags.database && (await pingDatabase(LIMIT_MS, ask));
  return { ...flags, database: answers, ok: answers && flags.recovery && flags.jobs };
}
