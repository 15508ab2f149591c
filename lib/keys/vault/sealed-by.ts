import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { alertChannel, cardEvent, cardKey, customerNote, followUp, operation, totp } from "@/lib/db/schema";

/** A column of ciphers. */
type Sealed =
  | typeof cardKey.cipher
  | typeof totp.secret
  | typeof operation.sealed
  | typeof cardEvent.sealed
  | typeof customerNote.sealed
  | typeof followUp.sealed
  | typeof alertChannel.sealed;

/** The tag in a stored cipher (lib/core/sealing.ts), as bytes; null for one that is none. */
const head = (cipher: Sealed): SQL =>
  sql`case when length(${cipher}) > 30 then substring(${cipher} from 3 for get_byte(${cipher}, 1)) end`;

/** Whether something is sealed under another app key than that of this tag, or under none. */
export const isSealedByAnother = (cipher: Sealed, tag: string): SQL =>
  sql`${head(cipher)} is distinct from convert_to(${tag}::text, 'UTF8')`;

/** The tag as text, to count by. */
export const sealedBy = (cipher: Sealed): SQL<string | null> => sql<string | null>`encode(${head(cipher)}, 'escape')`;
