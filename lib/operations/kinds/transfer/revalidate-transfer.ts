import "server-only";
import { transferProblems } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import type { TransferParams } from "../../operation";
import type { Revalidation } from "../../operation-kind";
import { isAsPreviewed, isAsPreviewedOrUsed } from "../card-snapshot";
import { cardGone, rereadPreviewedCards } from "../reread-previewed-cards";

/**
 * Both cards as previewed, and the transfer still allowed. Cards that were only used since go on: the balances read here
 * are the journal's baseline, not the preview's, so a card in daily use can be moved.
 */
export async function revalidateTransfer(ctx: Ctx, params: TransferParams): Promise<Revalidation> {
  const reread = await rereadPreviewedCards(ctx, [params.source, params.target], isAsPreviewedOrUsed);
  if (!reread.ok) return reread;
  const [source, target] = reread.cards;
  if (!source || !target) return cardGone;
  if (transferProblems({ source, target, amount: params.amount }).length) {
    // A source that was used below the amount: what its owner needs to hear is that it changed.
    const changed = !isAsPreviewed(source, params.source) || !isAsPreviewed(target, params.target);
    return { ok: false, reason: changed ? "changed" : "not_allowed", details: null };
  }
  return { ok: true, baseline: { kind: "balances", source: source.balance, target: target.balance } };
}
