import "server-only";
import { createHash, createHmac } from "node:crypto";
import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import { noteRefusal } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { Semaphore } from "@/lib/core/concurrency/semaphore";
import { deriveKeys } from "@/lib/core/derive-keys";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { sharedSlot } from "@/lib/core/shared-slot";
import { countedSearch } from "@/lib/db/schema";
import { readSettings } from "@/lib/settings";

const HOUR_MS = 60 * 60_000;

/** Searches of one user wait for each other here, where waiting takes no connection of the pool. */
const slot = sharedSlot<Map<string, Semaphore>>("searches");

function turnsOf(userId: string): Semaphore {
  slot.value ??= new Map();
  const turns = slot.value.get(userId) ?? new Semaphore(1);
  slot.value.set(userId, turns);
  return turns;
}

class SearchLimitError extends AppError {
  readonly limit: number;

  constructor(limit: number, minutes: number) {
    super("too_many", limit === 0 ? "searches_not_allowed" : "limit_searches", { params: { limit, minutes } });
    this.limit = limit;
  }
}

/**
 * Count searches for these phones and codes (or parts of them) towards what support may search for in an hour. The same one
 * again within the hour counts once, so a list that reads itself again uses nothing up. Above the limit none of them is
 * counted, that is audited, and AppError "too_many" says in how many minutes to go on. Only keyed hashes are stored.
 */
export async function countSearches(ctx: Ctx, terms: readonly string[]): Promise<void> {
  const { id, role } = ctx.actor;
  if (id === null || role !== "support" || terms.length === 0) return;
  const release = await turnsOf(id).acquire();
  try {
    await count(ctx, id, [...new Set(terms.map(hashOf))]);
  } catch (error) {
    if (error instanceof SearchLimitError) await noteSearchLimit(ctx, error.limit);
    throw error;
  } finally {
    release();
  }
}

const count = (ctx: Ctx, userId: string, hashes: string[]): Promise<void> =>
  ctx.db.transaction(async (tx) => {
    // Those of other processes wait too, so that together they never go over.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`cardesk.search.${userId}`}, 0))`);
    const now = ctx.now();
    const hourAgo = new Date(now.getTime() - HOUR_MS);
    const { userId: of, term, at } = countedSearch;
    const recent = await tx
      .select({ term, at })
      .from(countedSearch)
      .where(and(eq(of, userId), gt(at, hourAgo)))
      .orderBy(asc(at));
    const known = new Set(recent.map((row) => row.term));
    const fresh = hashes.filter((hash) => !known.has(hash));
    if (fresh.length === 0) return;
    const limit = (await readSettings({ ctx: { db: tx } })).disclosure_limits.supportSearches;
    const excess = recent.length + fresh.length - limit;
    if (excess > 0) {
      // Allowed when as many as are too many were an hour ago.
      const freeAt = (recent[excess - 1]?.at ?? now).getTime() + HOUR_MS;
      throw new SearchLimitError(limit, Math.max(1, Math.ceil((freeAt - now.getTime()) / 60_000)));
    }
    await tx.delete(countedSearch).where(and(eq(of, userId), lte(at, hourAgo)));
    await tx.insert(countedSearch).values(fresh.map((hash) => ({ userId, term: hash, at: now })));
  });

function hashOf(text: string): string {
  const [key] = deriveKeys(env().APP_KEYS, "counted search v1");
  const hash = key ? createHmac("sha256", key.secret) : createHash("sha256");
  return hash.update(text).digest("base64url");
}

/** After the rolled-back transaction; in batches where somebody keeps trying. */
const noteSearchLimit = (ctx: Ctx, limit: number): Promise<void> =>
  noteRefusal({
    ctx,
    entry: { action: "limit.reached", targetKind: "card", outcome: "refused", detail: { measure: "searches", limit } },
  });
