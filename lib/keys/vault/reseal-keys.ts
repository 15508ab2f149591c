import "server-only";
import { and, asc, eq, gt } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { cardKey } from "@/lib/db/schema";
import { appKeys } from "./app-keys";
import { decryptKey, encryptKey } from "./encrypt-key";
import { readFingerprint } from "./fingerprint";
import { isSealedBy } from "./sealed-by";

/** Rows per transaction: short locks, and a stop in between is quick. */
const CHUNK = 200;

type Input = { signal?: AbortSignal; chunk?: number };

/**
 * After a rotation: seal every stored key again under the newest app key. In small steps: a run that is stopped is gone on
 * with by the next, and two at once do no harm. One that doesn't open (its app key is gone) stays as it is. Returns how
 * many were sealed again.
 */
export async function resealKeys({ ctx, input }: { ctx: Ctx; input: Input }): Promise<number> {
  if (!env().APP_KEYS) return 0;
  // Its secret is sealed again by being read.
  await readFingerprint();
  const { signal, chunk = CHUNK } = input;
  let resealed = 0;
  for (let last: string | undefined; !signal?.aborted; ) {
    const rows = await readOld(ctx, last, chunk);
    if (rows.length === 0) break;
    for (const row of rows) resealed += await reseal(ctx, row);
    last = rows.at(-1)?.id;
  }
  return resealed;
}

type Row = { id: string; cipher: Buffer };

async function readOld(ctx: Ctx, after: string | undefined, limit: number): Promise<Row[]> {
  const { id, cipher } = cardKey;
  const [newest] = appKeys();
  return ctx.db
    .select({ id, cipher })
    .from(cardKey)
    .where(and(after === undefined ? undefined : gt(id, after), isSealedBy(newest.tag, false)))
    .orderBy(asc(id))
    .limit(limit);
}

async function reseal(ctx: Ctx, { id, cipher }: Row): Promise<number> {
  const plain = readable(cipher, id);
  if (plain === null) return 0;
  const { rowCount } = await ctx.db
    .update(cardKey)
    .set({ cipher: encryptKey(plain, id) })
    .where(and(eq(cardKey.id, id), eq(cardKey.cipher, cipher)));
  return rowCount ?? 0;
}

function readable(cipher: Buffer, id: string): string | null {
  try {
    return decryptKey(cipher, id);
  } catch {
    return null;
  }
}
