import "server-only";
import { and, asc, eq, gt, isNull, ne } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { operation } from "@/lib/db/schema";
import { openParams, sealParams } from "./sealed-params";

/** Rows per look: a stop in between is quick. */
const CHUNK = 200;

type Input = { signal?: AbortSignal | undefined; chunk?: number | undefined };

/** Operations of before sealing: their phones and codes stand in their parameters. */
export const isUnsealedOperation = and(isNull(operation.sealed), ne(operation.kind, "generate"));

/**
 * Seal the phones and codes of operations of before sealing, each in a statement of its own that changes nothing else: a
 * run that is stopped or killed is gone on with by the next, and two at once do no harm. Returns how many were sealed.
 */
export async function sealStoredOperations({ ctx, input }: { ctx: Ctx; input: Input }): Promise<number> {
  if (!env().APP_KEYS) return 0;
  const { signal, chunk = CHUNK } = input;
  let sealed = 0;
  for (let after: string | undefined; !signal?.aborted; ) {
    const rows = await ctx.db
      .select({ id: operation.id, params: operation.params, sealed: operation.sealed })
      .from(operation)
      .where(and(isUnsealedOperation, after === undefined ? undefined : gt(operation.id, after)))
      .orderBy(asc(operation.id))
      .limit(chunk);
    for (const { id, ...row } of rows) {
      const isSame = and(eq(operation.id, id), isNull(operation.sealed));
      const changes = sealParams(id, openParams(id, row));
      sealed += (await ctx.db.update(operation).set(changes).where(isSame)).rowCount ?? 0;
    }
    if (rows.length < chunk) break;
    after = rows.at(-1)?.id;
  }
  return sealed;
}
