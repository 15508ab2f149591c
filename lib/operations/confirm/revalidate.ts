import "server-only";
import { readCardsLive } from "@/lib/cards";
import { destroyProblems, transferProblems } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { UpstreamError } from "@/lib/upstream";
import { isAsPreviewed } from "../journal/card-snapshot";
import type { OperationRow } from "../journal/transition-operation";
import type { Reading } from "../types";

type Check = { ok: true; baseline: Reading } | { ok: false; reason: RevalidationReason; details: string | null };
export type RevalidationReason = "read_failed" | "card_gone" | "changed" | "not_allowed";

/**
 * Read the cards live once more, with their locks held. Anything not as the person saw it, or not allowed any more,
 * sends nothing and leads back to the preview. The balances read here are the journal's baseline.
 */
export async function revalidate(ctx: Ctx, intent: OperationRow): Promise<Check> {
  const { params } = intent;
  if (params.kind === "generate") throw new Error("a generate operation has no cards to check");
  const seen = params.kind === "transfer" ? [params.source, params.target] : [params.card];

  let cards: Awaited<ReturnType<typeof readCardsLive>>;
  try {
    cards = await readCardsLive(
      ctx,
      seen.map((card) => card.id),
    );
  } catch (error) {
    const words = error instanceof UpstreamError ? (error.details ?? null) : null;
    return { ok: false, reason: "read_failed", details: words };
  }

  const [first, second] = cards;
  if (!first || second === null) return { ok: false, reason: "card_gone", details: null };
  const changed = cards.some((card, i) => {
    const before = seen[i];
    return !card || !before || !isAsPreviewed(card, before);
  });
  if (changed) return { ok: false, reason: "changed", details: null };

  const problems =
    params.kind === "transfer" && second
      ? transferProblems({ source: first, target: second, amount: params.amount })
      : destroyProblems(first);
  if (problems.length) return { ok: false, reason: "not_allowed", details: null };

  return params.kind === "transfer" && second
    ? { ok: true, baseline: { kind: "balances", source: first.balance, target: second.balance } }
    : { ok: true, baseline: { kind: "presence", byId: true, inFullList: null } };
}
