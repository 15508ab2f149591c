import "server-only";
import type { Ctx } from "@/lib/context";
import { mapConcurrent } from "@/lib/core/concurrency/map-concurrent";
import { espai } from "@/lib/upstream";
import type { Card } from "../types";
import { mirrorCards } from "./mirror-cards";

/** As many as the upstream's concurrency limiter lets through: a read that waits for a slot would use up its deadline. */
const CONCURRENCY = 4;

/**
 * Read cards from the upstream now, and mirror them. A card the upstream does not list is null. Throws UpstreamError if
 * any of them could not be read: a failed read is never "gone".
 */
export async function readCardsLive(ctx: Ctx, ids: readonly string[]): Promise<(Card | null)[]> {
  const at = ctx.now();
  const cards = await mapConcurrent(CONCURRENCY, ids, (id) => espai().readCardById(id));
  const found = cards.filter((card) => card !== null);
  // The rows stay locked until all of it is written: without a transaction two that see a card first would both write its name.
  if (found.length) await ctx.db.transaction((tx) => mirrorCards(tx, found, { at, source: "read" }));
  return cards;
}
