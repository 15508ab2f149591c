import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { cardKey } from "@/lib/db/schema";

/** The tag in a stored cipher (lib/core/sealing.ts), as bytes; null for one that is none. */
const head = sql`case when length(${cardKey.cipher}) > 30 then substring(${cardKey.cipher} from 3 for get_byte(${cardKey.cipher}, 1)) end`;

/** Whether a key is sealed under the app key of this tag, or under another one. */
export const isSealedBy = (tag: string, expected = true): SQL => {
  const bytes = sql`convert_to(${tag}::text, 'UTF8')`;
  return expected ? sql`${head} = ${bytes}` : sql`${head} is distinct from ${bytes}`;
};

/** The tag as text, to count by. */
export const sealedBy = sql<string | null>`encode(${head}, 'escape')`;
