import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import type { JobDefinition } from "@/lib/queue";

/**
 * A job's handler. Handlers call verbs; they must be safe to run twice and to be killed at any point, because a queued
 * job is only a trigger: the remaining work is in our own tables.
 */
export type Job<S extends z.ZodType = z.ZodType> = JobDefinition<S> & {
  /** Interval of scheduled runs in seconds, in one process at a time. */
  everySeconds?: () => number;
  /** How many may run at once in one process. */
  concurrency: number;
  /** `signal` aborts when the process stops: finish the current step, then return. */
  handler(call: { ctx: Ctx; input: z.output<S>; signal: AbortSignal }): Promise<void>;
};

/** Join a definition and its handler. */
export const handleJob = <S extends z.ZodType>(
  definition: JobDefinition<S>,
  handling: Omit<Job<S>, keyof JobDefinition>,
): Job<S> => ({ ...definition, ...handling });
