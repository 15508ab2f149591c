import "server-only";
import type { PgBoss, SendOptions } from "pg-boss";
import type { z } from "zod";
import { log } from "@/lib/core/log";
import type { JobDefinition } from "./define-job";

const slot = Symbol.for("cardesk.boss");
const shared = globalThis as { [slot]?: PgBoss };

export const setBoss = (boss: PgBoss | undefined): void => {
  shared[slot] = boss;
};

/**
 * Nudge a job to run soon. Never throws: if the queue can't be reached, the job's own schedule finds the work later.
 * `key` folds nudges into one a second; the last one is kept for the next second, never lost.
 */
export async function enqueue<S extends z.ZodType>(
  job: JobDefinition<S>,
  input: z.input<S>,
  key?: string,
): Promise<void> {
  await send(job.name, input as object, key ? { singletonKey: key, singletonSeconds: 1, singletonNextSlot: true } : {});
}

/** A scheduled run: one an interval, however many processes tick. */
export async function tick(job: JobDefinition, everySeconds: number): Promise<void> {
  await send(job.name, {}, { singletonKey: "schedule", singletonSeconds: everySeconds });
}

async function send(name: string, data: object, options: SendOptions): Promise<void> {
  try {
    await shared[slot]?.send(name, data, options);
  } catch (error) {
    log().warn({ job: name, err: error }, "could not enqueue");
  }
}
