import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { database, limited } from "./client";

type Ping = (limitMs: number) => Promise<unknown>;
const select1: Ping = (limitMs) => database().pool.query(limited({ text: "select 1" }, limitMs));

/** Whether the database answers within `limitMs`. Never throws; a frozen one counts as one that is not there. */
export async function pingDatabase(limitMs: number, ask: Ping = select1): Promise<boolean> {
  const late = new AbortController();
  try {
    const tooLate = delay(limitMs, false, { signal: late.signal, ref: false });
    return await Promise.race([ask(limitMs).then(() => true), tooLate]);
  } catch {
    return false;
  } finally {
    late.abort();
  }
}
