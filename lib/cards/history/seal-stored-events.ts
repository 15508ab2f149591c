import "server-only";
import { and, asc, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { cardEvent } from "@/lib/db/schema";
import { SECRET_EVENT_KINDS, sealEvents } from "./sealed-events";

/** Rows per statement: short locks, and a stop in between is quick. */
const CHUNK = 200;

type Input = { signal?: AbortSignal | undefined; chunk?: number | undefined };

/** Changes of before sealing: their phones, user ids or codes stand in them. */
export const isUnsealedEvent = and(
  isNull(cardEvent.sealed),
  sql`coalesce(${cardEvent.before}, ${cardEvent.after}) is not null`,
  inArray(cardEvent.kind, [...SECRET_EVENT_KINDS]),
);

/**
 * Seal the values of changes of before sealing. In small steps: a run that is stopped or killed is gone on with by the
 * next, and two at once do no harm. Returns how many were sealed.
 */
export async function sealStoredEvents({ ctx, input }: { ctx: Ctx; input: Input }): Promise<number> {
  if (!env().APP_KEYS) return 0;
  const { signal, chunk = CHUNK } = input;
  let sealed = 0;
  for (let after: number | undefined; !signal?.aborted; ) {
    const rows = await ctx.db
      .select({ id: cardEvent.id, before: cardEvent.before, after: cardEvent.after })
      .from(cardEvent)
      .where(and(isUnsealedEvent, after === undefined ? undefined : gt(cardEvent.id, after)))
      .orderBy(asc(cardEvent.id))
      .limit(chunk);
    sealed += await sealEvents(
      ctx.db,
      rows.map((row) => ({ ...row, id: String(row.id) })),
    );
    if (rows.length < chunk) break;
    after = rows.at(-1)?.id;
  }
  return sealed;
}
