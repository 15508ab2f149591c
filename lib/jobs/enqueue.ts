import "server-only";
import type { PgBoss } from "pg-boss";
import type { z } from "zod";
import { log } from "@/lib/log";
import type { Job } from "./define-job";

const slot = Symbol.for("cardesk.boss");
const shared = globalThis as { [slot]?: PgBoss };

export const setBoss = (boss: PgBoss | undefined): void => {
  shared[slot] = boss;
};

/** The running queue, or undefined before start and after stop. */
export const currentBoss = (): PgBoss | undefined => shared[slot];

/**
 * Nudge a job to run soon. Never throws: if the queue can't be reached, the job's own schedule finds the work later.
 * `key` folds nudges that are still waiting into one.
 */
export async function enqueue<S extends z.ZodType>(job: Job<S>, input: z.input<S>, key?: string): Promise<void> {
  try {
    await shared[slot]?.send(job.name, input as object, key ? { singletonKey: key, singletonSeconds: 1 } : {});
  } catch (error) {
    log().warn({ job: job.name, err: error }, "could not enqueue");
  }
}
