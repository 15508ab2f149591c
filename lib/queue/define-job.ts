import "server-only";
import type { z } from "zod";

/** A job as the queue knows it: its name and its input. Its handler is registered in lib/runtime/jobs. */
export type JobDefinition<S extends z.ZodType = z.ZodType> = { name: string; input: S };

export const defineJob = <S extends z.ZodType>(definition: JobDefinition<S>): JobDefinition<S> => definition;
