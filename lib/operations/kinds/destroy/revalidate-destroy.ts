import "server-only";
import { destroyProblems } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import type { DestroyParams } from "../../operation";
import type { Revalidation } from "../../operation-kind";
import { isAsPreviewed } from "../card-snapshot";
import { cardGone, rereadPreviewedCards } from "../reread-previewed-cards";

/** The card exactly as previewed, and destroying it still allowed: paid, balance exactly 0. */
export async function revalidateDestroy(ctx: Ctx, params: DestroyParams): Promise<Revalidation> {
  const reread = await rereadPreviewedCards(ctx, [params.card], isAsPreviewed);
  if (!reread.ok) return reread;
  const [card] = reread.cards;
  if (!card) return cardGone;
  if (destroyProblems(card).length) return { ok: false, reason: "not_allowed", details: null };
  return { ok: true, baseline: { kind: "presence", byId: true, inFullList: null } };
}
