import "server-only";
import { z } from "zod";
import { MAX_PASTED_TEXT } from "./types";

const pasted = {
  text: z.string().max(MAX_PASTED_TEXT, { error: "too_long" }),
  /** Lines to skip: those looked up before. */
  from: z.number().int().min(0).max(MAX_PASTED_TEXT).default(0),
};

export const findManySchema = z.strictObject(pasted);

export const exportManySchema = z.strictObject({ ...pasted, format: z.enum(["csv", "xlsx"]) });

/** In bytes: the text as JSON, with three bytes for a character. */
export const MAX_PASTED_BODY = MAX_PASTED_TEXT * 3 + 1024;

export type FindManyInput = z.output<typeof findManySchema>;
export type ExportManyInput = z.output<typeof exportManySchema>;
