import "server-only";
import { transferProblems } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import type { TransferParams } from "../../operation";
import type { Revalidation } from "../../operation-kind";
import { isAsPreviewedOrUsed } from "../card-snapshot";
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
  if (transferProblems({ source, target, amount: params.amount }).length)
    return { ok: false, reason: "not_allowed", details: null };
  return { ok: true, baseline: { kind: "balances", source: source.balance, target: target.balance } };
}
