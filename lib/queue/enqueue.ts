import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import type { PgBoss, SendOptions } from "pg-boss";
import type { z } from "zod";
import { log } from "@/lib/core/log";
import { sharedSlot } from "@/lib/core/shared-slot";
import type { JobDefinition } from "./define-job";

/** A caller who waits for the queue longer than this would wait at a screen. */
const ENQUEUE_WAIT_MS = 2_000;

const slot = sharedSlot<PgBoss>("boss");

export const setBoss = (boss: PgBoss | undefined): void => {
  slot.value = boss;
};

/**
 * Make a job run soon. Never throws: if the queue can't be reached, the job's schedule finds the work later. With a
 * `key` at most one request a second is queued; the last one is deferred to the next second, never lost.
 */
export async function enqueue<S extends z.ZodType>(
  job: JobDefinition<S>,
  input: z.input<S>,
  key?: string,
): Promise<void> {
  await send(job.name, input as object, key ? { singletonKey: key, singletonSeconds: 1, singletonNextSlot: true } : {});
}

/** A scheduled run: one per interval, however many processes ask for it. */
export async function tick(job: JobDefinition, everySeconds: number): Promise<void> {
  await send(job.name, {}, { singletonKey: "schedule", singletonSeconds: everySeconds });
}

async function send(name: string, data: object, options: SendOptions): Promise<void> {
  try {
    const sent = Promise.resolve(slot.value?.send(name, data, options)).then(() => true);
    const late = delay(ENQUEUE_WAIT_MS, false, { ref: false });
    if (!(await Promise.race([sent, late]))) log().warn({ job: name }, "enqueueing takes long; not waited for");
    sent.catch((error: unknown) => log().warn({ job: name, err: error }, "could not enqueue"));
  } catch (error) {
    log().warn({ job: name, err: error }, "could not enqueue");
  }
}
