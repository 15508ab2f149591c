import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import type { JobDefinition } from "@/lib/queue";

/**
 * What runs when a job's turn comes. Handlers call verbs; they must be safe to run twice and to be killed anywhere,
 * because a job's row in the queue is only a nudge: what is left to do stands in our own tables.
 */
export type Job<S extends z.ZodType = z.ZodType> = JobDefinition<S> & {
  /** Run by itself this often, seconds, in one process at a time. */
  everySeconds?: () => number;
  /** How many may run at once in one process. */
  concurrency: number;
  /** `signal` aborts when the process is asked to stop: finish the step in hand, then return. */
  handler(call: { ctx: Ctx; input: z.output<S>; signal: AbortSignal }): Promise<void>;
};

/** Join a definition and its handler. */
export const handleJob = <S extends z.ZodType>(
  definition: JobDefinition<S>,
  handling: Omit<Job<S>, keyof JobDefinition>,
): Job<S> => ({ ...definition, ...handling });
