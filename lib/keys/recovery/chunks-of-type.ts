import "server-only";
import { and, count, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";

/** Chunks of one key type, of any batch. */
export const isOfKeyType = (keyType: number): SQL =>
  sql`${eq(operation.kind, "generate")} and (${operation.params}->>'keyType')::int = ${keyType}`;

/** Whether a call for keys of this type may be in flight in any process; but for one chunk, if named. */
export async function isGenerating(tx: Tx, keyType: number, { except }: { except?: string } = {}): Promise<boolean> {
  const rows = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(
      and(
        inArray(operation.state, ["intent", "sent"]),
        isOfKeyType(keyType),
        except ? ne(operation.id, except) : undefined,
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** How many chunks of this type there have ever been: compared, it tells whether one was claimed meanwhile. */
export async function countChunks(tx: Tx, keyType: number): Promise<number> {
  const [row] = await tx.select({ chunks: count() }).from(operation).where(isOfKeyType(keyType));
  return row?.chunks ?? 0;
}
