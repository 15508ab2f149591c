import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { database } from "@/lib/db/client";
import { type StartUpFlags, startUpFlags } from "@/lib/process/process-slots";

type Readiness = StartUpFlags & { ok: boolean };

const LIMIT_MS = 1_000;

type Ping = () => Promise<unknown>;
const ping: Ping = () => database().pool.query("select 1");

/**
 * Whether this process may receive requests: database (queried now, for at most a second), recovery and jobs. Never
 * throws.
 */
export async function readReadiness(ask: Ping = ping): Promise<Readiness> {
  const flags = startUpFlags.value ?? { database: false, recovery: false, jobs: false };
  const answers = flags.database && (await within(ask));
  return { ...flags, database: answers, ok: answers && flags.recovery && flags.jobs };
}

async function within(ask: Ping): Promise<boolean> {
  const late = new AbortController();
  try {
    const tooLate = delay(LIMIT_MS, false, { signal: late.signal, ref: false });
    return await Promise.race([ask().then(() => true), tooLate]);
  } catch {
    return false;
  } finally {
    late.abort();
  }
}
