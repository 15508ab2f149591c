import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";

/**
 * A background job. Handlers call verbs; they must be safe to run twice and to be killed anywhere, because a job's
 * row in the queue is only a nudge: what is left to do stands in our own tables.
 */
export type Job<S extends z.ZodType = z.ZodType> = {
  name: string;
  input: S;
  /** Run by itself this often, seconds, in one process at a time. */
  everySeconds?: () => number;
  /** How many may run at once in one process. */
  concurrency: number;
  /** `signal` aborts when the process is asked to stop: finish the step in hand, then return. */
  handler: (call: { ctx: Ctx; input: z.output<S>; signal: AbortSignal }) => Promise<void>;
};

export const defineJob = <S extends z.ZodType>(job: Job<S>): Job<S> => job;
