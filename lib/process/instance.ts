import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { hostname } from "node:os";
import pg from "pg";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database } from "@/lib/db/client";
import { asStandby } from "@/lib/db/errors";
import { instance } from "@/lib/db/schema";

/**
 * One life of this process. A connection of its own holds a session advisory lock: if another process finds the lock
 * free, this instance is gone. After a restart of the database the same lock is taken again.
 */
class ProcessInstance {
  readonly id = randomUUID();
  readonly lockKey = randomBytes(8).readBigInt64BE();
  readonly startedAt = new Date();
  #client: pg.Client | undefined;
  #stopped = false;

  async start(): Promise<void> {
    await this.#hold();
    const row = { id: this.id, lockKey: this.lockKey, startedAt: this.startedAt, host: hostname(), pid: process.pid };
    await database().db.insert(instance).values(row);
  }

  /** Release the lock: from here on other processes may take over what this instance left. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#client?.end().catch(() => {});
  }

  async #hold(): Promise<void> {
    const client = new pg.Client({
      connectionString: env().DATABASE_URL,
      application_name: "cardesk-instance",
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    // A connection that never held the lock can't lose it: its failure is thrown to the caller, who retries.
    let held = false;
    const onLost = () => {
      if (!held || this.#stopped) return;
      held = false;
      log().warn({ instance: this.id }, "lost the instance lock's connection");
      void this.#holdAgain();
    };
    client.on("error", onLost);
    client.on("end", onLost);
    try {
      await client.connect();
      // A lock held on a standby is seen by nobody on the primary; so none is taken there, not for a moment.
      const text = "select pg_advisory_lock($1) where not pg_is_in_recovery()";
      const { rowCount } = await client.query(text, [this.lockKey.toString()]);
      if (rowCount === 0) throw asStandby();
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    held = true;
    this.#client = client;
  }

  async #holdAgain(): Promise<void> {
    for (let wait = 100; !this.#stopped; wait = Math.min(wait * 2, 3_000)) {
      try {
        return await this.#hold();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }
}

const slot = sharedSlot<ProcessInstance>("instance");

export async function startInstance(): Promise<ProcessInstance> {
  const started = new ProcessInstance();
  await started.start();
  slot.value = started;
  return started;
}

/** The id on every operation this process sends. Throws before `startInstance`. */
export function instanceId(): string {
  if (!slot.value) throw new Error("no instance: the process has not started up");
  return slot.value.id;
}

/** The same, or null in a process that has not started up. */
export const currentInstanceId = (): string | null => slot.value?.id ?? null;

/**
 * The age, in ms, of what this process renews, as far as it could: nothing is late for the time in which no console ran. In a
 * process that has not started up it is the whole age.
 */
export const ageWhileRunning = (at: Date, now: Date): number =>
  now.getTime() - Math.max(at.getTime(), slot.value?.startedAt.getTime() ?? 0);
