import "server-only";
import type { SQL } from "drizzle-orm";
import type { Db } from "./client";

/** How many rows one statement deletes: short locks, and a stop in between is quick. */
export type Sweep = { signal?: AbortSignal | undefined; chunk?: number | undefined };

const CHUNK = 5_000;

/**
 * Repeat a statement that deletes at most so many rows until it finds no more, or the signal ends it after one of them:
 * the next run goes on from there. Returns how many rows went.
 */
export async function sweep(
  db: Pick<Db, "execute">,
  statement: (limit: number) => SQL,
  { signal, chunk = CHUNK }: Sweep,
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { rowCount } = await db.execute(statement(chunk));
    deleted += rowCount ?? 0;
    if (!rowCount || rowCount < chunk || signal?.aborted) return deleted;
  }
}
