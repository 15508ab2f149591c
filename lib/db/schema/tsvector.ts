import { customType } from "drizzle-orm/pg-core";

/** A set of words that are found by their beginnings; written by SQL, never read. */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
