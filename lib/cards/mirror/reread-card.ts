import "server-only";
import type { Ctx } from "@/lib/context";
import { espai } from "@/lib/upstream";
import { getCard } from "../get-card";
import type { CardDetail } from "../types";
import { mirrorCards } from "./mirror-cards";
import { withScreenRead } from "./with-screen-read";

/**
 * Read one card from the upstream now, and mirror it. `listed` false: the upstream answered and does not have it;
 * whether it is gone is decided by the syncs. Throws UpstreamError when it could not be read, "too_many" while
 * two others of this person run, "not_found" for an unknown id.
 */
export async function rereadCard({
  ctx,
  input: { id },
}: {
  ctx: Ctx;
  input: { id: string };
}): Promise<{ listed: boolean; card: CardDetail }> {
  const askedAt = ctx.now();
  const card = await withScreenRead(ctx, () => espai().readCardById(id, "screen_read"));
  if (card) await ctx.db.transaction((tx) => mirrorCards(tx, [card], { at: askedAt, source: "read" }));
  return { listed: card !== null, card: await getCard({ ctx, input: { id } }) };
}
