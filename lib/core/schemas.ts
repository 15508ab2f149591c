import { z } from "zod";
import { MAX_PAGE, PAGE_SIZES } from "./paging";

/** Schemas that several domains share. */

/** A read without input. */
export const nothingSchema = z.strictObject({});

/** Page and size, for a list's own schema: `z.strictObject({ ...filter, ...pagingShape })`. */
export const pagingShape = {
  page: z.int().min(1).max(MAX_PAGE).default(1),
  size: z.literal(PAGE_SIZES).default(50),
};

/** A calendar day `YYYY-MM-DD` that exists. PostgreSQL has no year 0. */
export const daySchema = z.iso
  .date({ error: "bad_format" })
  .refine((day) => !day.startsWith("0000"), { error: "bad_format" });
