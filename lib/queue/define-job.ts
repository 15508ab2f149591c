import "server-only";
import type { z } from "zod";

/** What stands in the queue for a job: its name and what it takes. Its handler is registered in lib/runtime/jobs. */
export type JobDefinition<S extends z.ZodType = z.ZodType> = { name: string; input: S };

export const defineJob = <S extends z.ZodType>(definition: JobDefinition<S>): JobDefinition<S> => definition;
